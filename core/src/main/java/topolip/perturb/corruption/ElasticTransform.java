package topolip.perturb.corruption;

import org.apache.commons.rng.UniformRandomProvider;

/// A random affine map, then smooth random displacements.
///
/// Interpolation is exact, where OpenCV's affine map rounds places to 1/32 pixel.
///
/// @param strength the factor of the smoothed displacements, in pixels
/// @param sigma of their smoothing
/// @param jitter how far the three points that define the affine map move, in pixels
record ElasticTransform(double strength, double sigma, double jitter) implements PlaneDistortion {
  private static final double REACH = 3;

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) {
    int height = image.height();
    int width = image.width();
    Planes mapped = affine(image, random);
    double[] dx = displacements(height, width, random);
    double[] dy = displacements(height, width, random);
    double[][] result = new double[image.channels()][height * width];
    for (int i = 0; i < height * width; i++) {
      int x = i % width;
      int y = i / width;
      Bilinear.at(mapped, y + dy[i], x + dx[i], Edge.REFLECT, result, i);
    }
    return new Planes(height, width, result);
  }

  private double[] displacements(int height, int width, UniformRandomProvider random) {
    double[] draws = new double[height * width];
    for (int i = 0; i < draws.length; i++) {
      draws[i] = random.nextDouble(-1, 1);
    }
    double[] smooth = new GaussianFilter(sigma, REACH, Edge.REFLECT).of(draws, height, width);
    for (int i = 0; i < smooth.length; i++) {
      smooth[i] *= strength;
    }
    return smooth;
  }

  /// The map that takes three points, a right angle around the middle, to where they have moved.
  private Planes affine(Planes image, UniformRandomProvider random) {
    int height = image.height();
    int width = image.width();
    int reach = Math.min(height, width) / 3;
    int middleX = height / 2;
    int middleY = width / 2;
    double[][] from = {
      {middleX + reach, middleY + reach},
      {middleX + reach, middleY - reach},
      {middleX - reach, middleY - reach}
    };
    double[][] to = new double[3][2];
    for (int p = 0; p < 3; p++) {
      for (int k = 0; k < 2; k++) {
        to[p][k] = from[p][k] + random.nextDouble(-jitter, Math.nextUp(jitter));
      }
    }
    double[][] back = AffineMap.between(to, from);
    double[][] result = new double[image.channels()][height * width];
    for (int i = 0; i < height * width; i++) {
      int x = i % width;
      int y = i / width;
      double sourceX = back[0][0] * x + back[0][1] * y + back[0][2];
      double sourceY = back[1][0] * x + back[1][1] * y + back[1][2];
      Bilinear.at(image, sourceY, sourceX, Edge.REFLECT_101, result, i);
    }
    return new Planes(height, width, result);
  }
}
