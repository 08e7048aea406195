package topolip.perturb.corruption;

import java.util.Arrays;
import java.util.stream.IntStream;

/// Convolution with a sampled normal density, first along columns, then along rows; as
/// `scipy.ndimage.gaussian_filter`.
final class GaussianFilter {
  private final Edge edge;
  private final int radius;
  private final double[] kernel;

  /// 0, 1, …: the kernel lies along the row.
  private final int[] columns;

  /// @param reach how many σ the kernel reaches: its radius is `⌊reach σ + ½⌋` pixels
  GaussianFilter(double sigma, double reach, Edge edge) {
    this.edge = edge;
    this.radius = (int) (reach * sigma + 0.5);
    this.kernel = radius == 0 ? new double[] {1} : kernel(sigma, radius);
    this.columns = IntStream.range(0, kernel.length).toArray();
  }

  /// The filter of the published programs, `skimage.filters.gaussian`.
  static GaussianFilter reference(double sigma) {
    return new GaussianFilter(sigma, 4, Edge.NEAREST);
  }

  Planes of(Planes image) {
    return image.map(plane -> of(plane, image.height(), image.width()));
  }

  double[] of(double[] plane, int height, int width) {
    double[] across = new double[plane.length];
    double[] down = new double[width + 2 * radius];
    int[] rows = new int[kernel.length];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < rows.length; k++) {
        rows[k] = edge.inside(y + k - radius, height) * width;
      }
      Arrays.fill(down, 0);
      Taps.add(down, radius, width, plane, rows, kernel);
      for (int i = 0; i < radius; i++) {
        down[i] = down[radius + edge.inside(i - radius, width)];
        down[radius + width + i] = down[radius + edge.inside(width + i, width)];
      }
      Taps.add(across, y * width, width, down, columns, kernel);
    }
    return across;
  }

  /// A normal density at −radius, …, radius, of sum 1.
  static double[] kernel(double sigma, int radius) {
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int k = -radius; k <= radius; k++) {
      kernel[k + radius] = Math.exp(-k * k / (2 * sigma * sigma));
      sum += kernel[k + radius];
    }
    for (int k = 0; k < kernel.length; k++) {
      kernel[k] /= sum;
    }
    return kernel;
  }
}
