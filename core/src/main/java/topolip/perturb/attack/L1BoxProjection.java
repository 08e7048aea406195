package topolip.perturb.attack;

/// The nearest point, in the Euclidean sense, of the ℓ₁ ball and the box [0, 1] together.
///
/// A value moves towards the clean one by the same λ everywhere, but not past it, and not out of
/// the box: `dᵢ = sign(yᵢ) min(max(|yᵢ| − λ, 0), roomᵢ)`, with the λ ≥ 0 at which `Σ|dᵢ| = eps`
/// (Croce and Hein 2021, arXiv:2103.01208, proposition 2.1), found by bisection from above, so that
/// the sum never exceeds eps.
final class L1BoxProjection {
  private static final int BISECTIONS = 60;

  private L1BoxProjection() {}

  static void project(float[] clean, float[] image, double eps) {
    double[] sizes = new double[image.length];
    double[] rooms = new double[image.length];
    double largest = 0;
    for (int i = 0; i < image.length; i++) {
      double move = (double) image[i] - clean[i];
      sizes[i] = Math.abs(move);
      rooms[i] = move > 0 ? 1.0 - clean[i] : clean[i];
      largest = Math.max(largest, sizes[i]);
    }
    double lambda = sum(sizes, rooms, 0) <= eps ? 0 : shrinkage(sizes, rooms, eps, largest);
    for (int i = 0; i < image.length; i++) {
      double size = size(sizes[i], rooms[i], lambda);
      boolean kept = size == sizes[i];
      image[i] = kept ? image[i] : (float) (clean[i] + (image[i] > clean[i] ? size : -size));
    }
  }

  private static double shrinkage(double[] sizes, double[] rooms, double eps, double largest) {
    double low = 0;
    double high = largest;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (low + high) / 2;
      if (sum(sizes, rooms, middle) > eps) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  private static double size(double size, double room, double lambda) {
    return Math.min(Math.max(size - lambda, 0), room);
  }

  private static double sum(double[] sizes, double[] rooms, double lambda) {
    double sum = 0;
    for (int i = 0; i < sizes.length; i++) {
      sum += size(sizes[i], rooms[i], lambda);
    }
    return sum;
  }
}
