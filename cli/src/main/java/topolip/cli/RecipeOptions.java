package topolip.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import topolip.torch.Adversary;
import topolip.torch.Augmentation;
import topolip.torch.Optimizer;
import topolip.torch.Recipe;

/// How a network is trained.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RecipeOptions {
  private static final double ADAM_RATE = 1e-3;
  private static final double SGD_RATE = 0.1;
  private static final double ADAM_DECAY = 0.05;
  private static final double SGD_DECAY = 5e-4;

  /// The optimizers by name.
  enum Method {
    ADAMW,
    SGD
  }

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "30",
      description = "Passes over the training images (default: ${DEFAULT-VALUE}).")
  int epochs;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Images a step (default: ${DEFAULT-VALUE}).")
  int batch;

  @Option(
      names = "--optimizer",
      paramLabel = "O",
      defaultValue = "adamw",
      description = "adamw, or sgd with momentum 0.9 (default: ${DEFAULT-VALUE}).")
  Method optimizer;

  @Option(
      names = "--learning-rate",
      paramLabel = "R",
      description = "After the warm-up; then it falls along a cosine (default: 0.001, sgd: 0.1).")
  @Nullable Double learningRate;

  @Option(
      names = "--weight-decay",
      paramLabel = "W",
      description = "Of matrices and kernels (default: 0.05, sgd: 0.0005).")
  @Nullable Double weightDecay;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      description = "Epochs in which the learning rate rises (default: a tenth, 5 at most).")
  @Nullable Integer warmup;

  @Option(
      names = "--label-smoothing",
      paramLabel = "S",
      defaultValue = "0",
      description = "Share of a label spread over all classes (default: ${DEFAULT-VALUE}).")
  double labelSmoothing;

  @Option(names = "--flip", description = "Flip images left to right, every other time.")
  boolean flip;

  @Option(
      names = "--shift",
      paramLabel = "N",
      defaultValue = "0",
      description = "Crop images from a frame of N black pixels (default: ${DEFAULT-VALUE}).")
  int shift;

  @Option(
      names = "--noise",
      paramLabel = "SIGMA",
      defaultValue = "0",
      description = "Normal noise on each pixel (default: ${DEFAULT-VALUE}).")
  double noise;

  @Option(
      names = "--adversary",
      paramLabel = "A",
      defaultValue = "none",
      converter = AdversaryConverter.class,
      description =
          "none, pgd:EPS:STEPS or trades:EPS:STEPS:BETA, such as pgd:8/255:7 (default:"
              + " ${DEFAULT-VALUE}).")
  Adversary adversary;

  Recipe recipe(long seed, int threads) {
    boolean adam = optimizer == Method.ADAMW;
    double decay = weightDecay != null ? weightDecay : adam ? ADAM_DECAY : SGD_DECAY;
    return new Recipe(
        epochs,
        batch,
        learningRate != null ? learningRate : adam ? ADAM_RATE : SGD_RATE,
        warmup != null ? warmup : Math.min(5, epochs / 10),
        labelSmoothing,
        adam ? new Optimizer.AdamW(0.9, 0.999, decay) : new Optimizer.Sgd(0.9, decay),
        new Augmentation(flip, shift, noise),
        adversary,
        seed,
        threads);
  }
}
