package topolip.diagram;

import java.util.Arrays;
import java.util.List;

/// A function of the filtration value that is constant between jumps, 0 before the first, and
/// continuous from the right: at a jump it has its new value.
public final class StepFunction {
  private static final StepFunction ZERO = new StepFunction(new double[0], new double[0]);

  private final double[] xs;
  private final double[] ys;

  private StepFunction(double[] xs, double[] ys) {
    this.xs = xs;
    this.ys = ys;
  }

  /// The function that has this value on [birth, death), where death may be `+∞`.
  static StepFunction onInterval(double birth, double death, double value) {
    double start = Breakpoints.unsigned(birth);
    return death == Double.POSITIVE_INFINITY
        ? new StepFunction(new double[] {start}, new double[] {value})
        : new StepFunction(
            new double[] {start, Breakpoints.unsigned(death)}, new double[] {value, 0});
  }

  /// The sum, by halves: values add up, and never cancel, so that 0 stays 0.
  static StepFunction sum(List<StepFunction> functions) {
    int size = functions.size();
    if (size <= 1) {
      return size == 0 ? ZERO : functions.getFirst();
    }
    StepFunction first = sum(functions.subList(0, size / 2));
    return first.plus(sum(functions.subList(size / 2, size)));
  }

  /// The number of places where the function may jump.
  public int size() {
    return xs.length;
  }

  /// Where it may jump; in increasing order.
  public double x(int index) {
    return xs[index];
  }

  /// Its value from there up to the next, or for ever.
  public double y(int index) {
    return ys[index];
  }

  /// The function at t, in time logarithmic in the number of jumps.
  public double at(double t) {
    int found = Breakpoints.search(xs, t);
    int last = found >= 0 ? found : -found - 2;
    return last < 0 ? 0 : ys[last];
  }

  /// The norm ‖f‖_p = (∫ |f(t)|^p dt)^{1/p}, max |f| for p = `+∞`. It is `+∞` for every other p if
  /// the function does not end with 0, as with an essential class.
  ///
  /// @param order p, at least 1
  public double norm(double order) {
    double[] lengths = new double[xs.length];
    Arrays.setAll(lengths, i -> (i + 1 < xs.length ? xs[i + 1] : Double.POSITIVE_INFINITY) - xs[i]);
    return new LpNorm(order).ofPieces(lengths, ys, ys);
  }

  public StepFunction plus(StepFunction other) {
    double[] union = Breakpoints.union(xs, other.xs);
    return new StepFunction(union, Arrays.stream(union).map(x -> at(x) + other.at(x)).toArray());
  }

  public StepFunction minus(StepFunction other) {
    return plus(other.times(-1));
  }

  public StepFunction times(double factor) {
    return new StepFunction(xs, Arrays.stream(ys).map(y -> factor * y).toArray());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StepFunction that
        && Arrays.equals(xs, that.xs)
        && Arrays.equals(ys, that.ys);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(xs) + Arrays.hashCode(ys);
  }

  @Override
  public String toString() {
    return "step function, %d jumps".formatted(size());
  }
}
