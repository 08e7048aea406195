package topolip.lipschitz;

/// A number that is not negative, such as a Lipschitz constant, and what is known of it.
///
/// It is kept as its natural logarithm, since bounds of attention overflow.
///
/// @param kind on which side of the truth it lies
/// @param logarithm natural; `-∞` for 0, `+∞` if there is no bound
/// @param source the label in `docs/theory.md`, such as `C2`
public record Bound(Kind kind, double logarithm, String source) {

  /// Above this an upper bound is called vacuous: 2⁵³, so that even inputs which differ by the
  /// rounding of a double may, for all it says, differ by their whole size behind the layer.
  public static final double VACUOUS = 0x1p53;

  private static final double VACUOUS_LOGARITHM = Math.log(VACUOUS);

  /// On which side of the truth a number lies.
  public enum Kind {
    /// The number itself, but for rounding.
    EXACT,
    /// Not below it.
    UPPER,
    /// Not above it.
    LOWER,
    /// Near it, on a side that is not known.
    ESTIMATE
  }

  public Bound {
    if (Double.isNaN(logarithm)) {
      throw new IllegalArgumentException("the logarithm of a bound is NaN: " + source);
    }
  }

  /// A bound of this value.
  ///
  /// @throws IllegalArgumentException if the value is negative or NaN
  public static Bound of(Kind kind, double value, String source) {
    if (!(value >= 0)) {
      throw new IllegalArgumentException("a bound must not be negative: %s".formatted(value));
    }
    return new Bound(kind, Math.log(value), source);
  }

  /// The value itself; `+∞` where it exceeds the range of a double, which [#logarithm] does not.
  public double value() {
    return Math.exp(logarithm);
  }

  /// The logarithm to base 10.
  public double log10() {
    return logarithm / Math.log(10);
  }

  /// Whether the truth is known not to be larger.
  public boolean isUpper() {
    return kind == Kind.UPPER || kind == Kind.EXACT;
  }

  /// Whether this says nothing: an upper bound above [#VACUOUS], or a lower bound of 0.
  public boolean isVacuous() {
    return switch (kind) {
      case UPPER -> logarithm > VACUOUS_LOGARITHM;
      case LOWER -> logarithm == Double.NEGATIVE_INFINITY;
      case EXACT, ESTIMATE -> false;
    };
  }

  /// The upper bound of one map after another: the product.
  ///
  /// @throws IllegalArgumentException if either is not known to be an upper bound
  public Bound times(Bound other, String label) {
    requireUpper(other);
    // 0 · ∞: a map that is constant remains so, whatever follows.
    boolean zero =
        logarithm == Double.NEGATIVE_INFINITY || other.logarithm == Double.NEGATIVE_INFINITY;
    double sum = zero ? Double.NEGATIVE_INFINITY : logarithm + other.logarithm;
    return new Bound(Kind.UPPER, sum, label);
  }

  /// The upper bound of two maps added: the sum.
  ///
  /// @throws IllegalArgumentException if either is not known to be an upper bound
  public Bound plus(Bound other, String label) {
    requireUpper(other);
    return new Bound(Kind.UPPER, Logarithms.sum(logarithm, other.logarithm), label);
  }

  private void requireUpper(Bound other) {
    if (!isUpper() || !other.isUpper()) {
      throw new IllegalArgumentException(
          "only upper bounds compose: %s (%s) and %s (%s)"
              .formatted(source, kind, other.source, other.kind));
    }
  }
}
