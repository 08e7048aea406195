package topolip.lipschitz;

import org.ejml.data.DMatrixRMaj;

/// A two-dimensional convolution with zero padding, without its bias, as the linear operator T from
/// `(channelsIn, height, width)` to `(channelsOut, outputHeight, outputWidth)`.
///
/// A convolution in one dimension is one of height 1.
public final class Convolution {
  private final double[] kernel;
  private final int channelsOut;
  private final int channelsIn;
  private final int groups;
  private final ConvolutionAxis vertical;
  private final ConvolutionAxis horizontal;

  private Convolution(
      double[] kernel,
      int channelsOut,
      int channelsIn,
      int groups,
      ConvolutionAxis vertical,
      ConvolutionAxis horizontal) {
    this.kernel = kernel;
    this.channelsOut = channelsOut;
    this.channelsIn = channelsIn;
    this.groups = groups;
    this.vertical = vertical;
    this.horizontal = horizontal;
  }

  /// Copies a kernel `(channelsOut, channelsIn / groups, height, width)`, row-major.
  ///
  /// @throws IllegalArgumentException if the groups do not divide the channels, the kernel has
  ///   another number of entries, or one is not finite
  public static Convolution of(
      double[] kernel,
      int channelsOut,
      int channelsIn,
      int groups,
      ConvolutionAxis vertical,
      ConvolutionAxis horizontal) {
    if (groups < 1
        || channelsOut < 1
        || channelsIn < 1
        || channelsOut % groups != 0
        || channelsIn % groups != 0) {
      throw new IllegalArgumentException(
          "%d groups of %d output and %d input channels"
              .formatted(groups, channelsOut, channelsIn));
    }
    long entries =
        (long) channelsOut * (channelsIn / groups) * vertical.kernel() * horizontal.kernel();
    if (kernel.length != entries) {
      throw new IllegalArgumentException(
          "a kernel of %d entries, not %d".formatted(kernel.length, entries));
    }
    for (double entry : kernel) {
      if (!Double.isFinite(entry)) {
        throw new IllegalArgumentException("an entry of the kernel is " + entry);
      }
    }
    requireSmall(channelsIn, vertical.input(), horizontal.input());
    requireSmall(channelsOut, vertical.output(), horizontal.output());
    return new Convolution(kernel.clone(), channelsOut, channelsIn, groups, vertical, horizontal);
  }

  private static void requireSmall(int channels, int height, int width) {
    if ((double) channels * height * width > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "%d x %d x %d values do not fit an array".formatted(channels, height, width));
    }
  }

  public int channelsOut() {
    return channelsOut;
  }

  public int channelsIn() {
    return channelsIn;
  }

  public int groups() {
    return groups;
  }

  public ConvolutionAxis vertical() {
    return vertical;
  }

  public ConvolutionAxis horizontal() {
    return horizontal;
  }

  /// How many values go in.
  public int inputSize() {
    return channelsIn * vertical.input() * horizontal.input();
  }

  /// How many values come out.
  public int outputSize() {
    return channelsOut * vertical.output() * horizontal.output();
  }

  /// The entry for output channel `out`, input channel `in` of its group, tap `(a, b)`.
  double kernel(int out, int in, int a, int b) {
    return kernel[((out * groupIn() + in) * vertical.kernel() + a) * horizontal.kernel() + b];
  }

  int groupIn() {
    return channelsIn / groups;
  }

  int groupOut() {
    return channelsOut / groups;
  }

  /// Tx.
  ///
  /// @throws IllegalArgumentException if the input has another size
  public double[] apply(double[] input) {
    requireSize(input, inputSize());
    double[] output = new double[outputSize()];
    forEachRow((weight, from, to, count, stride) -> {
      for (int k = 0; k < count; k++) {
        output[to + k] += weight * input[from + k * stride];
      }
    });
    return output;
  }

  /// Tᵀy.
  ///
  /// @throws IllegalArgumentException if the output has another size
  public double[] transpose(double[] output) {
    requireSize(output, outputSize());
    double[] input = new double[inputSize()];
    forEachRow((weight, from, to, count, stride) -> {
      for (int k = 0; k < count; k++) {
        input[from + k * stride] += weight * output[to + k];
      }
    });
    return input;
  }

  /// T of one group, explicitly: each group has its own channels, so that T is block diagonal.
  ///
  /// @param group of which T is
  DMatrixRMaj matrix(int group) {
    DMatrixRMaj matrix = new DMatrixRMaj(outputSize() / groups, inputSize() / groups);
    int fromColumn = group * matrix.getNumCols();
    int fromRow = group * matrix.getNumRows();
    for (int out = group * groupOut(); out < (group + 1) * groupOut(); out++) {
      forEachRow(
          out,
          (weight, from, to, count, stride) -> {
            for (int k = 0; k < count; k++) {
              matrix.set(to - fromRow + k, from - fromColumn + k * stride, weight);
            }
          });
    }
    return matrix;
  }

  private static void requireSize(double[] values, int size) {
    if (values.length != size) {
      throw new IllegalArgumentException("%d values, not %d".formatted(values.length, size));
    }
  }

  /// Outputs `to`, `to + 1`, … read inputs `from`, `from + stride`, … with this weight.
  @FunctionalInterface
  private interface Row {
    void visit(double weight, int from, int to, int count, int stride);
  }

  private void forEachRow(Row row) {
    for (int out = 0; out < channelsOut; out++) {
      forEachRow(out, row);
    }
  }

  private void forEachRow(int out, Row row) {
    int firstIn = out / groupOut() * groupIn();
    for (int in = 0; in < groupIn(); in++) {
      for (int a = 0; a < vertical.kernel(); a++) {
        for (int b = 0; b < horizontal.kernel(); b++) {
          visitPlane(out, firstIn + in, a, b, kernel(out, in, a, b), row);
        }
      }
    }
  }

  private void visitPlane(int out, int in, int a, int b, double weight, Row row) {
    int first = horizontal.first(b);
    int count = horizontal.last(b) - first;
    if (weight == 0 || count <= 0) {
      return;
    }
    for (int y = vertical.first(a); y < vertical.last(a); y++) {
      int from = (in * vertical.input() + vertical.read(y, a)) * horizontal.input();
      int to = (out * vertical.output() + y) * horizontal.output();
      row.visit(weight, from + horizontal.read(first, b), to + first, count, horizontal.stride());
    }
  }
}
