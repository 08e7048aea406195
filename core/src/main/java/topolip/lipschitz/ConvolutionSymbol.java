package topolip.lipschitz;

import org.ejml.data.DMatrixRMaj;

/// The symbol of one group of a convolution on an infinite plane: at frequency ω the complex matrix
/// by which the convolution multiplies the waves of that frequency.
///
/// Stride s is a convolution of stride 1 whose input channels are the s_h · s_w phases of the
/// input: tap a reads phase a·dilation mod s of place ⌊a·dilation / s⌋. The matrix then has
/// C_out/groups rows and C_in/groups · s_h · s_w columns, and its entries are trigonometric
/// polynomials in ω.
final class ConvolutionSymbol {
  private final Convolution convolution;
  private final int group;
  private final int verticalDilation;
  private final int horizontalDilation;

  /// @param group of the convolution
  /// @param dilated whether frequencies are those of the input; if not, dilation without stride is
  ///   left out, which rescales them
  ConvolutionSymbol(Convolution convolution, int group, boolean dilated) {
    this.convolution = convolution;
    this.group = group;
    verticalDilation = dilation(convolution.vertical(), dilated);
    horizontalDilation = dilation(convolution.horizontal(), dilated);
  }

  private static int dilation(ConvolutionAxis axis, boolean dilated) {
    return dilated || axis.stride() > 1 ? axis.dilation() : 1;
  }

  /// The degree of its polynomials along the height.
  int verticalDegree() {
    return degree(convolution.vertical(), verticalDilation);
  }

  /// The degree of its polynomials along the width.
  int horizontalDegree() {
    return degree(convolution.horizontal(), horizontalDilation);
  }

  private static int degree(ConvolutionAxis axis, int dilation) {
    return (axis.kernel() - 1) * dilation / axis.stride();
  }

  /// The smaller side of its matrix.
  int rank() {
    return Math.min(convolution.groupOut(), columns());
  }

  private int columns() {
    return convolution.groupIn()
        * convolution.vertical().stride()
        * convolution.horizontal().stride();
  }

  /// The spectral norm at a frequency, in radians a place.
  double norm(double vertical, double horizontal) {
    int rows = convolution.groupOut();
    int columns = columns();
    // [[Re, −Im], [Im, Re]] has the singular values of Re + i·Im, each twice.
    DMatrixRMaj real = new DMatrixRMaj(2 * rows, 2 * columns);
    ConvolutionAxis high = convolution.vertical();
    ConvolutionAxis wide = convolution.horizontal();
    for (int a = 0; a < high.kernel(); a++) {
      int y = a * verticalDilation;
      for (int b = 0; b < wide.kernel(); b++) {
        int x = b * horizontalDilation;
        int place = y / high.stride();
        int across = x / wide.stride();
        double angle = vertical * place + horizontal * across;
        int phase = y % high.stride() * wide.stride() + x % wide.stride();
        add(real, a, b, phase * convolution.groupIn(), Math.cos(angle), -Math.sin(angle));
      }
    }
    return SpectralNorm.value(real);
  }

  private void add(DMatrixRMaj real, int a, int b, int column, double cosine, double sine) {
    int rows = real.getNumRows() / 2;
    int columns = real.getNumCols() / 2;
    for (int out = 0; out < rows; out++) {
      for (int in = 0; in < convolution.groupIn(); in++) {
        double weight = convolution.kernel(group * rows + out, in, a, b);
        int c = column + in;
        real.add(out, c, weight * cosine);
        real.add(out, columns + c, -weight * sine);
        real.add(rows + out, c, weight * sine);
        real.add(rows + out, columns + c, weight * cosine);
      }
    }
  }
}
