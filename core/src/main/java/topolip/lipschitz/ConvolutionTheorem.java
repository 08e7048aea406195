package topolip.lipschitz;

import java.util.List;

/// Theorem 2 (C4): a convolution of stride 1 whose kernel has entries iid N(0, σ²), whatever its
/// input size, padding and dilation:
///
/// ‖T‖₂ ≤ √(k_h k_w) (σ(√C_out + √(C_in k_h k_w)) + s) with probability at least 1 −
/// 2e^{−s²/(2σ²)}: C3 with the norm of a Gaussian matrix of C_out rows and C_in k_h k_w columns.
///
/// @param channelsOut C_out, at least 1
/// @param channelsIn C_in, at least 1
/// @param height k_h of the kernel, at least 1
/// @param width k_w of the kernel, at least 1
/// @param sigma σ, positive
/// @param s by how much the norm of the reshaped kernel may exceed its bound, not negative
public record ConvolutionTheorem(
    int channelsOut, int channelsIn, int height, int width, double sigma, double s)
    implements Theorem {

  public ConvolutionTheorem {
    if (channelsOut < 1 || channelsIn < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "%d output and %d input channels, kernel %d x %d: each must be at least 1"
              .formatted(channelsOut, channelsIn, height, width));
    }
    if (!(sigma > 0) || sigma == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("sigma cannot be " + sigma);
    }
    if (!(s >= 0) || s == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("s cannot be " + s);
    }
  }

  @Override
  public List<Bound> bounds() {
    double taps = (double) height * width;
    double matrix = sigma * (Math.sqrt(channelsOut) + Math.sqrt(channelsIn * taps)) + s;
    return List.of(Bound.of(Bound.Kind.UPPER, Math.sqrt(taps) * matrix, "C4"));
  }

  @Override
  public List<Hypothesis> hypotheses() {
    return List.of(Theorem.deviation(s, sigma));
  }

  /// One event: all three are the same.
  @Override
  public Probability probability() {
    double probability = Math.max(0, 1 - Theorem.tail(s, sigma));
    return new Probability(probability, probability, probability);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(
        new Parameter("channels-out", channelsOut, true),
        new Parameter("channels-in", channelsIn, true),
        new Parameter("kernel-height", height, true),
        new Parameter("kernel-width", width, true),
        new Parameter("sigma", sigma, false),
        new Parameter("s", s, false));
  }

  @Override
  public ConvolutionTheorem with(String parameter, double value) {
    return switch (parameter) {
      case "channels-out" ->
          new ConvolutionTheorem((int) value, channelsIn, height, width, sigma, s);
      case "channels-in" ->
          new ConvolutionTheorem(channelsOut, (int) value, height, width, sigma, s);
      case "kernel-height" ->
          new ConvolutionTheorem(channelsOut, channelsIn, (int) value, width, sigma, s);
      case "kernel-width" ->
          new ConvolutionTheorem(channelsOut, channelsIn, height, (int) value, sigma, s);
      case "sigma" -> new ConvolutionTheorem(channelsOut, channelsIn, height, width, value, s);
      case "s" -> new ConvolutionTheorem(channelsOut, channelsIn, height, width, sigma, value);
      default -> throw new IllegalArgumentException("theorem 2 has no parameter " + parameter);
    };
  }
}
