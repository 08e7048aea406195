package topolip.perturb.attack;

import org.jspecify.annotations.Nullable;

/// Gradients of a randomised model, each the mean of several passes.
final class MeanGradient implements ApgdSteps.Gradients {
  private final Search search;
  private final PointLoss loss;
  private final int passes;
  private float @Nullable [] candidate;

  MeanGradient(Search search, PointLoss loss, int passes) {
    this.search = search;
    this.loss = loss;
    this.passes = passes;
  }

  /// The mean gradient, with the loss and the logits of the last pass.
  @Override
  public Answer at(float[] image) throws InterruptedException {
    double[] sum = new double[image.length];
    Answer last = add(image, sum);
    for (int pass = 1; pass < passes; pass++) {
      last = add(image, sum);
    }
    Norm.scale(sum, 1.0 / passes);
    if (search.adversarial(last.logits())) {
      candidate = image.clone();
    }
    return new Answer(last.logits(), last.loss(), sum);
  }

  private Answer add(float[] image, double[] sum) throws InterruptedException {
    Answer answer = search.unconsidered(image, loss);
    double[] gradient = answer.gradient();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += gradient[i];
    }
    return answer;
  }

  /// Asks about the last image that the model misclassified: it counts if it is so again.
  void confirm() throws InterruptedException {
    if (candidate != null) {
      search.logits(candidate);
    }
  }
}
