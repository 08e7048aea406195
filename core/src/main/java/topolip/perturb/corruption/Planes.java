package topolip.perturb.corruption;

/// An image with values in [0, 1] as doubles, one array a channel, row by row.
final class Planes {
  private final int height;
  private final int width;
  private final double[][] values;

  /// Takes over the arrays.
  Planes(int height, int width, double[]... values) {
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /// An image as the published programs read it: rounded to 256 levels, divided by 255.
  static Planes of(float[] pixels, int offset, int channels, int height, int width) {
    double[][] values = new double[channels][height * width];
    for (int c = 0; c < channels; c++) {
      double[] plane = values[c];
      int from = offset + c * plane.length;
      for (int i = 0; i < plane.length; i++) {
        plane[i] = Math.rint(pixels[from + i] * 255.0) / 255;
      }
    }
    return new Planes(height, width, values);
  }

  /// Writes the image as the published programs do: clipped to [0, 1], times 255, truncated to a
  /// whole number, not rounded; here divided by 255 again.
  void write(float[] pixels, int offset) {
    for (int c = 0; c < values.length; c++) {
      double[] plane = values[c];
      int from = offset + c * plane.length;
      for (int i = 0; i < plane.length; i++) {
        pixels[from + i] = level(plane[i]) / 255f;
      }
    }
  }

  /// Clipped, times 255, truncated.
  static int level(double value) {
    return Math.min(Math.max((int) (value * 255), 0), 255);
  }

  /// A value that is written as this level, whole or not.
  static double ofLevel(double level) {
    // A millionth more, so that the product with 255 does not fall below a whole level.
    return (Math.floor(level) + 1e-6) / 255;
  }

  int height() {
    return height;
  }

  int width() {
    return width;
  }

  int channels() {
    return values.length;
  }

  /// The values of a channel, shared.
  double[] channel(int c) {
    return values[c];
  }

  /// A rectangle, copied.
  Planes part(int top, int left, int rows, int columns) {
    double[][] part = new double[values.length][rows * columns];
    for (int c = 0; c < part.length; c++) {
      for (int y = 0; y < rows; y++) {
        System.arraycopy(values[c], (top + y) * width + left, part[c], y * columns, columns);
      }
    }
    return new Planes(rows, columns, part);
  }

  interface PlaneFunction {
    double[] of(double[] plane);
  }

  /// Each channel by itself.
  Planes map(PlaneFunction function) {
    double[][] mapped = new double[values.length][];
    for (int c = 0; c < mapped.length; c++) {
      mapped[c] = function.of(values[c]);
    }
    return new Planes(height, width, mapped);
  }
}
