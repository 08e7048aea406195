package topolip.perturb.corruption;

/// Convolution with a sampled normal density, first along columns, then along rows; as
/// `scipy.ndimage.gaussian_filter`.
///
/// @param reach how many σ the kernel reaches: its radius is `⌊reach σ + ½⌋` pixels
record GaussianFilter(double sigma, double reach, Edge edge) {

  /// The filter of the published programs, `skimage.filters.gaussian`.
  static GaussianFilter reference(double sigma) {
    return new GaussianFilter(sigma, 4, Edge.NEAREST);
  }

  Planes of(Planes image) {
    return image.map(plane -> of(plane, image.height(), image.width()));
  }

  double[] of(double[] plane, int height, int width) {
    int radius = (int) (reach * sigma + 0.5);
    if (radius == 0) {
      return plane.clone();
    }
    double[] kernel = kernel(sigma, radius);
    double[] down = new double[plane.length];
    for (int y = 0; y < height; y++) {
      for (int k = -radius; k <= radius; k++) {
        int from = edge.inside(y + k, height) * width;
        for (int x = 0; x < width; x++) {
          down[y * width + x] += kernel[k + radius] * plane[from + x];
        }
      }
    }
    double[] across = new double[plane.length];
    double[] row = new double[width + 2 * radius];
    for (int y = 0; y < height; y++) {
      for (int i = 0; i < row.length; i++) {
        row[i] = down[y * width + edge.inside(i - radius, width)];
      }
      for (int k = 0; k < kernel.length; k++) {
        for (int x = 0; x < width; x++) {
          across[y * width + x] += kernel[k] * row[x + k];
        }
      }
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
