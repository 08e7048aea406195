package topolip.torch;

import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/// How a tensor of weights begins, `(out, in, …)`.
enum Initial {
  ZERO,
  ONE,
  /// Normal with σ = √(2 / (out · kernel area)): He et al. (2015), arXiv 1502.01852, as
  /// torchvision.
  KAIMING,
  /// Uniform within ±1 / √fan-in.
  FAN_IN,
  /// Normal with σ = 1 / √fan-in: keeps the scale of a linear layer's input.
  LECUN,
  /// Normal with σ = 0.02: what timm begins transformers with.
  TRANSFORMER;

  private static final double TRANSFORMER_SIGMA = 0.02;

  /// The values of a tensor: they depend on the seed and the tensor's place alone.
  float[] draw(int[] shape, long seed, int place) {
    float[] values = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
    UniformRandomProvider random = RandomStream.WEIGHTS.of(seed, place);
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
    int fanIn = shape.length < 2 ? 1 : values.length / shape[0];
    int fanOut = shape.length < 2 ? 1 : values.length / shape[1];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          (float)
              switch (this) {
                case ZERO -> 0;
                case ONE -> 1;
                case KAIMING -> Math.sqrt(2.0 / fanOut) * normal.sample();
                case FAN_IN -> (2 * random.nextDouble() - 1) / Math.sqrt(fanIn);
                case LECUN -> normal.sample() / Math.sqrt(fanIn);
                case TRANSFORMER -> TRANSFORMER_SIGMA * normal.sample();
              };
    }
    return values;
  }
}
