package topolip.lipschitz;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// Convolutions written out entry by entry from their definition, and their singular values.
final class ExplicitConvolution {
  private final Convolution t;
  private final double[] kernel;

  private ExplicitConvolution(Convolution t, double[] kernel) {
    this.t = t;
    this.kernel = kernel;
  }

  static ExplicitConvolution of(
      double[] kernel,
      int channelsOut,
      int channelsIn,
      int groups,
      ConvolutionAxis vertical,
      ConvolutionAxis horizontal) {
    return new ExplicitConvolution(
        Convolution.of(kernel, channelsOut, channelsIn, groups, vertical, horizontal), kernel);
  }

  Convolution operator() {
    return t;
  }

  /// The largest singular value with zero padding.
  double norm() {
    return largestSingularValue(zeroPadded());
  }

  DMatrixRMaj zeroPadded() {
    return matrix(false);
  }

  DMatrixRMaj circular() {
    return matrix(true);
  }

  private DMatrixRMaj matrix(boolean circular) {
    ConvolutionAxis high = t.vertical();
    ConvolutionAxis wide = t.horizontal();
    int height = circular ? high.input() / high.stride() : high.output();
    int width = circular ? wide.input() / wide.stride() : wide.output();
    DMatrixRMaj matrix = new DMatrixRMaj(t.channelsOut() * height * width, t.inputSize());
    int perGroupIn = t.channelsIn() / t.groups();
    int perGroupOut = t.channelsOut() / t.groups();
    int index = 0;
    for (int out = 0; out < t.channelsOut(); out++) {
      for (int in = 0; in < perGroupIn; in++) {
        for (int a = 0; a < high.kernel(); a++) {
          for (int b = 0; b < wide.kernel(); b++) {
            double weight = kernel[index++];
            int channel = out / perGroupOut * perGroupIn + in;
            for (int y = 0; y < height; y++) {
              for (int x = 0; x < width; x++) {
                int i = y * high.stride() + a * high.dilation() - high.before();
                int j = x * wide.stride() + b * wide.dilation() - wide.before();
                if (circular) {
                  i = Math.floorMod(i, high.input());
                  j = Math.floorMod(j, wide.input());
                }
                if (i >= 0 && i < high.input() && j >= 0 && j < wide.input()) {
                  matrix.add(
                      (out * height + y) * width + x,
                      (channel * high.input() + i) * wide.input() + j,
                      weight);
                }
              }
            }
          }
        }
      }
    }
    return matrix;
  }

  static double largestSingularValue(DMatrixRMaj matrix) {
    var svd =
        DecompositionFactory_DDRM.svd(matrix.getNumRows(), matrix.getNumCols(), false, false, true);
    svd.decompose(matrix.copy());
    double largest = 0;
    for (int i = 0; i < svd.numberOfSingularValues(); i++) {
      largest = Math.max(largest, svd.getSingularValues()[i]);
    }
    return largest;
  }

  static double[] gaussian(int size, Random random) {
    return random.doubles(size, -1, 1).map(x -> random.nextGaussian()).toArray();
  }

  @Override
  public String toString() {
    return "%d from %d, %d groups, %s x %s"
        .formatted(t.channelsOut(), t.channelsIn(), t.groups(), t.vertical(), t.horizontal());
  }
}
