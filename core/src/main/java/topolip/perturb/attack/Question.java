package topolip.perturb.attack;

import org.jspecify.annotations.Nullable;

/// What a search asks the model: the logits of an image and, if there is a loss, its gradient.
final class Question {
  private final Search from;
  private final float[] image;
  private final @Nullable PointLoss loss;

  Question(Search from, float[] image, @Nullable PointLoss loss) {
    this.from = from;
    this.image = image;
    this.loss = loss;
  }

  Search from() {
    return from;
  }

  float[] image() {
    return image;
  }

  @Nullable PointLoss loss() {
    return loss;
  }
}
