package topolip.lipschitz;

import java.util.concurrent.CancellationException;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/// Bounds of ‖T‖₂, the Lipschitz constant of a [Convolution] in Euclidean norms, and hence of the
/// map of measures μ ↦ (T· + b)_♯ μ in the 1-Wasserstein distance.
///
/// Groups have channels of their own, so that each number is the largest over them.
public final class ConvolutionBounds {
  /// Up to so many rows or columns a group's operator is written out.
  private static final int DENSE = 512;

  private ConvolutionBounds() {}

  /// (C1) The norm of the same kernel on a torus, where it wraps around instead of meeting zeros:
  /// exact (Sedghi, Gupta, Long 2019, arXiv 1805.10408), the largest over the frequencies of the
  /// feature map. It is **not** a bound of zero padding: the kernel (1, −1, 1) on three places has
  /// norm 1 + √2 there, and 2 on a circle.
  ///
  /// Height · width / 2 norms of matrices of C_out/groups rows.
  ///
  /// @throws IllegalArgumentException if a stride does not divide the size of the input
  public static Bound circular(Convolution convolution) {
    int rows = frequencies(convolution.vertical());
    int columns = frequencies(convolution.horizontal());
    return Bound.of(
        Bound.Kind.EXACT,
        largest(convolution, group -> circular(convolution, group, rows, columns)),
        "C1");
  }

  private static int frequencies(ConvolutionAxis axis) {
    if (axis.input() % axis.stride() != 0) {
      throw new IllegalArgumentException(
          "stride %d does not divide a circle of %d".formatted(axis.stride(), axis.input()));
    }
    return axis.input() / axis.stride();
  }

  private static double circular(Convolution convolution, int group, int rows, int columns) {
    ConvolutionSymbol symbol = new ConvolutionSymbol(convolution, group, true);
    double largest = 0;
    // Frequencies ω and −ω have the same norm.
    for (int u = 0; u <= rows / 2; u++) {
      for (int v = 0; v < columns; v++) {
        requireRunning();
        double norm = symbol.norm(2 * Math.PI * u / rows, 2 * Math.PI * v / columns);
        largest = Math.max(largest, norm);
      }
    }
    return largest;
  }

  /// (C2) An upper bound for zero padding, whatever the stride, dilation and groups.
  ///
  /// An operator of up to 512 rows or columns a group is written out and goes through Gram
  /// iteration: within 10⁻⁶ of the norm. A larger one is T = P C E, with E the embedding of the
  /// feature map in an infinite plane, C the convolution there and P the reading of some places, so
  /// that ‖T‖₂ ≤ ‖C‖₂, the supremum of its symbol, which is bounded from finitely many frequencies:
  /// within 10⁻³ of ‖C‖₂, or less near where that would take too long, as for kernels of random
  /// entries from some 64 channels on. What ‖C‖₂ exceeds ‖T‖₂ by falls as 1/size². It is never
  /// above C3.
  public static Bound upper(Convolution convolution) {
    return Bound.of(
        Bound.Kind.UPPER, largest(convolution, group -> upper(convolution, group)), "C2");
  }

  private static double upper(Convolution convolution, int group) {
    int smaller = Math.min(convolution.inputSize(), convolution.outputSize());
    if (smaller / convolution.groups() <= DENSE) {
      return SpectralNorm.upper(convolution.matrix(group)).value();
    }
    return Math.min(
        new SymbolSupremum(new ConvolutionSymbol(convolution, group, false)).upperBound(),
        reshaped(convolution, group));
  }

  /// (C3) An upper bound from the kernel as a matrix M of C_out rows: √(o_h o_w) ‖M‖₂, where o_h
  /// and o_w count in how many windows a place lies at most: the size of the kernel for stride 1,
  /// ⌈kernel/stride⌉ without dilation.
  ///
  /// Tx is M times each window, and the windows' squared norms add up to at most o_h o_w ‖x‖².
  public static Bound reshaped(Convolution convolution) {
    return Bound.of(
        Bound.Kind.UPPER, largest(convolution, group -> reshaped(convolution, group)), "C3");
  }

  private static double reshaped(Convolution convolution, int group) {
    double overlap = (double) convolution.vertical().overlap() * convolution.horizontal().overlap();
    return Math.sqrt(overlap) * SpectralNorm.value(kernelMatrix(convolution, group));
  }

  private static DMatrixRMaj kernelMatrix(Convolution convolution, int group) {
    int taps = convolution.vertical().kernel() * convolution.horizontal().kernel();
    DMatrixRMaj matrix = new DMatrixRMaj(convolution.groupOut(), convolution.groupIn() * taps);
    for (int out = 0; out < matrix.getNumRows(); out++) {
      for (int column = 0; column < matrix.getNumCols(); column++) {
        int tap = column % taps;
        matrix.set(
            out,
            column,
            convolution.kernel(
                group * matrix.getNumRows() + out,
                column / taps,
                tap / convolution.horizontal().kernel(),
                tap % convolution.horizontal().kernel()));
      }
    }
    return matrix;
  }

  /// (C5) A lower bound by power iteration on TᵀT, from a random start: ‖Tv‖ for a unit vector v,
  /// which rises towards ‖T‖₂ but says nothing of how near it is.
  ///
  /// @param iterations each of which applies T and Tᵀ once; at least 1
  /// @param seed of the start
  public static Bound lower(Convolution convolution, int iterations, long seed) {
    return PowerIteration.lower(
        "C5",
        convolution.inputSize(),
        iterations,
        seed,
        convolution::apply,
        convolution::transpose);
  }

  private static double largest(Convolution convolution, IntToDoubleFunction ofGroup) {
    return IntStream.range(0, convolution.groups()).mapToDouble(ofGroup).max().orElseThrow();
  }

  private static void requireRunning() {
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
