package topolip.perturb.attack;

/// What attacks found for one image.
///
/// The array is handed over, not copied.
public final class AttackedPoint {
  /// How it ended.
  public enum Outcome {
    /// The clean image is classified wrongly: there was nothing to attack.
    WRONG,
    /// An image was found that counts as adversarial.
    FOOLED,
    /// None was found.
    ROBUST
  }

  private final int id;
  private final int label;
  private final Outcome outcome;
  private final int prediction;
  private final float[] image;
  private final double distance;
  private final String attack;
  private final long queries;
  private final long gradients;

  AttackedPoint(
      int id,
      int label,
      Outcome outcome,
      int prediction,
      float[] image,
      double distance,
      String attack,
      long queries,
      long gradients) {
    this.id = id;
    this.label = label;
    this.outcome = outcome;
    this.prediction = prediction;
    this.image = image;
    this.distance = distance;
    this.attack = attack;
    this.queries = queries;
    this.gradients = gradients;
  }

  public int id() {
    return id;
  }

  public int label() {
    return label;
  }

  public Outcome outcome() {
    return outcome;
  }

  /// Whether the model still classifies it correctly.
  public boolean robust() {
    return outcome == Outcome.ROBUST;
  }

  /// The class of [#image()].
  public int prediction() {
    return prediction;
  }

  /// If fooled, the adversarial image; if robust, the image in the ball with the largest margin for
  /// the attack, or the clean one where the attack has no ball; if wrong, the clean one.
  /// `(channels, height, width)`.
  public float[] image() {
    return image;
  }

  /// The norm of the difference between [#image()] and the clean image.
  public double distance() {
    return distance;
  }

  /// The attack that found [#image()], or the last one; its whole configuration.
  public String attack() {
    return attack;
  }

  /// How many images the model was asked about, gradients included.
  public long queries() {
    return queries;
  }

  /// How many of these came with a gradient.
  public long gradients() {
    return gradients;
  }

  /// This result of a later attack, after earlier ones of so many queries.
  AttackedPoint after(AttackedPoint earlier) {
    return new AttackedPoint(
        id,
        label,
        outcome,
        prediction,
        image,
        distance,
        attack,
        earlier.queries + queries,
        earlier.gradients + gradients);
  }
}
