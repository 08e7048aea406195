package topolip.diagram;

import java.util.Arrays;
import java.util.List;

/// A continuous function of the filtration value that is linear between critical points, and 0
/// before the first and after the last.
///
/// Critical points are exact but for one rounding of each coordinate where the function is a
/// [Landscape]; values between them are interpolated.
public final class PiecewiseLinear {
  static final PiecewiseLinear ZERO = new PiecewiseLinear(new double[0], new double[0]);

  private final double[] xs;
  private final double[] ys;

  /// Takes the arrays over: abscissae in increasing order, which rounding may have made equal, and
  /// ordinates, 0 at both ends.
  PiecewiseLinear(double[] xs, double[] ys) {
    this.xs = xs;
    this.ys = ys;
  }

  /// The function w · max(0, min(t − birth, death − t)).
  static PiecewiseLinear tent(double birth, double death, double weight) {
    return new PiecewiseLinear(
        new double[] {
          Breakpoints.unsigned(birth),
          Breakpoints.unsigned(birth / 2 + death / 2),
          Breakpoints.unsigned(death)
        },
        new double[] {0, weight * (death / 2 - birth / 2), 0});
  }

  /// The sum, by halves, so that rounding grows with the logarithm of the number of functions.
  static PiecewiseLinear sum(List<PiecewiseLinear> functions) {
    int size = functions.size();
    if (size <= 1) {
      return size == 0 ? ZERO : functions.getFirst();
    }
    PiecewiseLinear first = sum(functions.subList(0, size / 2));
    return first.plus(sum(functions.subList(size / 2, size)));
  }

  /// The number of critical points.
  public int size() {
    return xs.length;
  }

  /// The abscissa of a critical point; these do not decrease.
  public double x(int index) {
    return xs[index];
  }

  /// The ordinate of a critical point.
  public double y(int index) {
    return ys[index];
  }

  /// The function at t, in time logarithmic in the number of critical points.
  public double at(double t) {
    int found = Breakpoints.search(xs, t);
    if (found >= 0) {
      return ys[found];
    }
    int right = -found - 1;
    if (right == 0 || right == xs.length) {
      return 0;
    }
    double part = (t - xs[right - 1]) / (xs[right] - xs[right - 1]);
    return ys[right - 1] + part * (ys[right] - ys[right - 1]);
  }

  /// ∫ f(t) dt.
  public double integral() {
    double total = 0;
    for (int i = 1; i < xs.length; i++) {
      total += (xs[i] - xs[i - 1]) * (ys[i - 1] / 2 + ys[i] / 2);
    }
    return total;
  }

  /// The norm ‖f‖_p = (∫ |f(t)|^p dt)^{1/p} in closed form, max |f| for p = `+∞`.
  ///
  /// @param order p, at least 1
  public double norm(double order) {
    int pieces = Math.max(0, xs.length - 1);
    double[] lengths = new double[pieces];
    Arrays.setAll(lengths, i -> xs[i + 1] - xs[i]);
    return new LpNorm(order)
        .ofPieces(
            lengths,
            Arrays.copyOfRange(ys, 0, pieces),
            Arrays.copyOfRange(ys, xs.length - pieces, xs.length));
  }

  public PiecewiseLinear plus(PiecewiseLinear other) {
    double[] union = Breakpoints.union(xs, other.xs);
    return new PiecewiseLinear(union, Arrays.stream(union).map(x -> at(x) + other.at(x)).toArray());
  }

  public PiecewiseLinear minus(PiecewiseLinear other) {
    return plus(other.times(-1));
  }

  public PiecewiseLinear times(double factor) {
    return new PiecewiseLinear(xs, Arrays.stream(ys).map(y -> factor * y).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PiecewiseLinear that
        && Arrays.equals(xs, that.xs)
        && Arrays.equals(ys, that.ys);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(xs) + Arrays.hashCode(ys);
  }

  @Override
  public String toString() {
    return "piecewise linear, %d critical points".formatted(size());
  }
}
