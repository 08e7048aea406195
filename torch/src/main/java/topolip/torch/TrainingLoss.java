package topolip.torch;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// The loss of a training step, with the attacks that it contains. Tensors belong to the scopes of
/// the caller.
final class TrainingLoss {
  /// Where TRADES begins its ascent: the divergence has no slope at the image itself.
  private static final double TRADES_START = 1e-3;

  private static final int NO_LABEL = -100;
  private static final int MEAN = 1;
  private static final int SUM = 2;

  private final Network network;
  private final TensorStore weights;
  private final Recipe recipe;

  TrainingLoss(Network network, TensorStore weights, Recipe recipe) {
    this.network = network;
    this.weights = weights;
    this.recipe = recipe;
  }

  /// What a step gives.
  ///
  /// @param logits of the images trained on
  record Step(Tensor loss, Tensor logits) {}

  /// @param images `(batch, channels, height, width)`
  /// @param labels `(batch)`
  Step of(Tensor images, Tensor labels, long step) {
    return switch (recipe.adversary()) {
      case Adversary.None _ -> {
        Tensor logits = logits(images, true);
        yield new Step(crossEntropy(logits, labels), logits);
      }
      case Adversary.Pgd pgd -> {
        Tensor start = images.add(noise(images, step, pgd.eps(), false));
        Tensor attacked =
            ascended(
                images,
                start,
                pgd.eps(),
                pgd.steps(),
                pgd.stepSize(),
                x -> crossEntropy(logits(x, false), labels));
        Tensor logits = logits(attacked, true);
        yield new Step(crossEntropy(logits, labels), logits);
      }
      case Adversary.Trades trades -> {
        Tensor clean = torch.softmax(logits(images, false), -1).detach();
        Tensor start = images.add(noise(images, step, TRADES_START, true));
        Tensor attacked =
            ascended(
                images,
                start,
                trades.eps(),
                trades.steps(),
                trades.stepSize(),
                x -> torch.kl_div(torch.log_softmax(logits(x, false), -1), clean, SUM, false));
        Tensor logits = logits(images, true);
        Tensor divergence =
            torch.kl_div(
                torch.log_softmax(logits(attacked, true), -1),
                torch.softmax(logits, -1),
                SUM,
                false);
        Scalar factor = new Scalar(trades.beta() / Math.toIntExact(images.size(0)));
        yield new Step(crossEntropy(logits, labels).add(divergence, factor), logits);
      }
    };
  }

  private interface Objective {
    Tensor of(Tensor images);
  }

  /// Projected gradient ascent in the ℓ∞ ball around the images.
  private static Tensor ascended(
      Tensor images, Tensor start, double eps, int steps, double stepSize, Objective objective) {
    ScalarOptional down = new ScalarOptional(new Scalar(-eps));
    ScalarOptional up = new ScalarOptional(new Scalar(eps));
    ScalarOptional black = new ScalarOptional(new Scalar(0.0));
    ScalarOptional white = new ScalarOptional(new Scalar(1.0));
    Tensor x = start.clamp(black, white);
    for (int s = 0; s < steps; s++) {
      x = x.detach().set_requires_grad(true);
      Tensor slope = torch.grad(new TensorVector(objective.of(x)), new TensorVector(x)).get(0);
      Tensor moved = x.detach().add(slope.sign(), new Scalar(stepSize)).sub(images);
      x = images.add(moved.clamp(down, up)).clamp(black, white);
    }
    return x.detach();
  }

  private Tensor logits(Tensor images, boolean training) {
    TorchLayers.Pass pass = training ? TorchLayers.Pass.TRAINING : TorchLayers.Pass.EVALUATION;
    return network.logits(new TorchLayers(weights, pass, (_, _, _) -> {}), images);
  }

  private Tensor crossEntropy(Tensor logits, Tensor labels) {
    return torch.cross_entropy_loss(
        logits, labels, new TensorOptional(), MEAN, NO_LABEL, recipe.labelSmoothing());
  }

  /// Depends on the seed and the step alone.
  private Tensor noise(Tensor images, long step, double size, boolean gaussian) {
    UniformRandomProvider random = RandomStream.ATTACK.of(recipe.seed(), step);
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
    double[] drawn = new double[Math.toIntExact(images.numel())];
    Arrays.setAll(drawn, _ -> gaussian ? normal.sample() : 2 * random.nextDouble() - 1);
    float[] values = new float[drawn.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (size * drawn[i]);
    }
    return TensorArrays.tensor(values, images.sizes().vec().get());
  }
}
