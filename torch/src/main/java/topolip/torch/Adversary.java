package topolip.torch;

/// What training images are attacked with: at most `eps` on each pixel, which stays in [0, 1].
/// Attacks see the network in evaluation mode.
public sealed interface Adversary {

  /// None: training on the images as they are.
  record None() implements Adversary {}

  /// The loss at the end of projected gradient ascent from a random place: Madry et al. (2018),
  /// arXiv 1706.06083.
  ///
  /// @param stepSize in units of the pixel range, as `eps`
  record Pgd(double eps, int steps, double stepSize) implements Adversary {
    public Pgd {
      requireAttack(eps, steps, stepSize);
    }
  }

  /// The loss of the clean images and β times the divergence of the predictions on attacked ones:
  /// Zhang et al. (2019), arXiv 1901.08573.
  record Trades(double eps, int steps, double stepSize, double beta) implements Adversary {
    public Trades {
      requireAttack(eps, steps, stepSize);
      Recipe.requireAtLeastZero("beta", beta);
    }
  }

  private static void requireAttack(double eps, int steps, double stepSize) {
    Recipe.requireAtLeastZero("eps", eps);
    Recipe.requireAtLeastZero("step size", stepSize);
    if (steps < 1) {
      throw new IllegalArgumentException("an attack needs at least one step: " + steps);
    }
  }
}
