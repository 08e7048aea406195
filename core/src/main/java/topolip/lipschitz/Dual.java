package topolip.lipschitz;

import org.apache.commons.statistics.distribution.NormalDistribution;

/// The value of a function of one number, and its derivative: arithmetic with these computes
/// derivatives exactly, up to rounding.
///
/// Where a function has two slopes, at a kink, one of them is taken.
public record Dual(double value, double slope) {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

  /// The variable itself.
  public static Dual variable(double value) {
    return new Dual(value, 1);
  }

  public static Dual constant(double value) {
    return new Dual(value, 0);
  }

  public Dual plus(Dual other) {
    return new Dual(value + other.value, slope + other.slope);
  }

  public Dual minus(Dual other) {
    return new Dual(value - other.value, slope - other.slope);
  }

  public Dual times(Dual other) {
    return new Dual(value * other.value, slope * other.value + value * other.slope);
  }

  public Dual over(Dual other) {
    return new Dual(
        value / other.value,
        (slope * other.value - value * other.slope) / (other.value * other.value));
  }

  public Dual times(double factor) {
    return new Dual(value * factor, slope * factor);
  }

  public Dual plus(double shift) {
    return new Dual(value + shift, slope);
  }

  /// This where it is positive, and `factor` times it where it is not.
  public Dual leaky(double factor) {
    return value > 0 ? this : times(factor);
  }

  public Dual clipped(double low, double high) {
    return value < low ? constant(low) : value > high ? constant(high) : this;
  }

  public Dual abs() {
    return value < 0 ? times(-1) : this;
  }

  public Dual exp() {
    double e = Math.exp(value);
    return new Dual(e, slope * e);
  }

  public Dual log() {
    return new Dual(Math.log(value), slope / value);
  }

  public Dual power(double exponent) {
    return new Dual(Math.pow(value, exponent), slope * exponent * Math.pow(value, exponent - 1));
  }

  public Dual tanh() {
    double t = Math.tanh(value);
    return new Dual(t, slope * (1 - t * t));
  }

  public Dual sigmoid() {
    double s = 1 / (1 + Math.exp(-value));
    return new Dual(s, slope * s * (1 - s));
  }

  /// `log(1 + exp)`.
  public Dual softplus() {
    double soft = Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));
    return new Dual(soft, slope * sigmoid(value));
  }

  private static double sigmoid(double t) {
    return 1 / (1 + Math.exp(-t));
  }

  /// The distribution function of the standard normal distribution.
  public Dual normalProbability() {
    return new Dual(NORMAL.cumulativeProbability(value), slope * NORMAL.density(value));
  }

  public Dual erf() {
    return times(Math.sqrt(2)).normalProbability().times(2).plus(-1);
  }

  /// `x Φ(x)`.
  public Dual gelu() {
    return times(normalProbability());
  }
}
