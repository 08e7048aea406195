package topolip.lipschitz;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import topolip.geometry.PointCloud;

/// A probability measure on finitely many points: Σ_i w_i δ_{x_i}, w_i > 0, Σ_i w_i = 1.
///
/// Tokens of a sequence, or the activations of a sample, are the measure of equal weights.
public final class DiscreteMeasure {
  private final double[][] points;
  private final double[] weights;
  private final boolean uniform;

  private DiscreteMeasure(double[][] points, double[] weights, boolean uniform) {
    this.points = points;
    this.weights = weights;
    this.uniform = uniform;
  }

  /// Copies points `[point][coordinate]`, of equal weights.
  ///
  /// @throws IllegalArgumentException if there is no point, they differ in dimension, or a
  ///   coordinate is not finite
  public static DiscreteMeasure uniform(double[][] points) {
    double[] weights = new double[points.length];
    Arrays.fill(weights, 1.0 / points.length);
    return new DiscreteMeasure(copied(points), weights, true);
  }

  /// Copies a cloud, of equal weights.
  ///
  /// @throws IllegalArgumentException if there is no point, or a coordinate is not finite
  public static DiscreteMeasure uniform(PointCloud cloud) {
    double[][] points = new double[cloud.size()][cloud.dimension()];
    for (int i = 0; i < points.length; i++) {
      for (int k = 0; k < points[i].length; k++) {
        points[i][k] = cloud.coordinate(i, k);
      }
    }
    return uniform(points);
  }

  /// Copies points and weights, which are divided by their sum; points of weight 0 are left out.
  ///
  /// @throws IllegalArgumentException if there is not one weight a point, a weight is negative or
  ///   not finite, all are 0, or points are bad as in [#uniform]
  public static DiscreteMeasure of(double[][] points, double[] weights) {
    if (points.length != weights.length) {
      throw new IllegalArgumentException(
          "%d points and %d weights".formatted(points.length, weights.length));
    }
    double sum = 0;
    for (double weight : weights) {
      if (!(weight >= 0)) {
        throw new IllegalArgumentException("weights must not be negative: " + weight);
      }
      sum += weight;
    }
    if (!(sum > 0) || sum == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("weights must have a positive, finite sum: " + sum);
    }
    double[][] kept = new double[points.length][];
    double[] shares = new double[points.length];
    int count = 0;
    for (int i = 0; i < points.length; i++) {
      if (weights[i] / sum > 0) {
        kept[count] = points[i];
        shares[count++] = weights[i] / sum;
      }
    }
    return new DiscreteMeasure(
        copied(Arrays.copyOf(kept, count)), Arrays.copyOf(shares, count), false);
  }

  private static double[][] copied(double[][] points) {
    if (points.length == 0) {
      throw new IllegalArgumentException("a probability measure needs a point");
    }
    double[][] copy = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      if (points[i].length != points[0].length) {
        throw new IllegalArgumentException(
            "points differ in dimension: point 0 has %d, point %d has %d"
                .formatted(points[0].length, i, points[i].length));
      }
      for (double x : points[i]) {
        if (!Double.isFinite(x)) {
          throw new IllegalArgumentException("point %d has the coordinate %s".formatted(i, x));
        }
      }
      copy[i] = points[i].clone();
    }
    return copy;
  }

  /// How many points.
  public int size() {
    return points.length;
  }

  public int dimension() {
    return points[0].length;
  }

  /// The weight of point `i`.
  public double weight(int i) {
    return weights[i];
  }

  /// A copy of point `i`.
  public double[] point(int i) {
    return points[i].clone();
  }

  /// Whether all weights are equal by construction.
  boolean isUniform() {
    return uniform;
  }

  /// Point `i` itself, not to be written to.
  double[] shared(int i) {
    return points[i];
  }

  /// The points themselves, not to be written to.
  double[][] sharedPoints() {
    return points;
  }

  /// The radius of the smallest ball around the origin that holds all points.
  public double radius() {
    double largest = 0;
    for (double[] point : points) {
      largest = Math.max(largest, Vectors.length(point));
    }
    return largest;
  }

  /// The pushforward T_♯ μ: the weights stay, the points move.
  ///
  /// @param map T, which gives each point its own array
  public DiscreteMeasure pushforward(UnaryOperator<double[]> map) {
    double[][] images = new double[points.length][];
    for (int i = 0; i < points.length; i++) {
      images[i] = map.apply(points[i].clone());
    }
    return new DiscreteMeasure(copied(images), weights, uniform);
  }

  /// The 1-Wasserstein distance W_1(μ, ν) for Euclidean distances of points: the least mean
  /// distance over all ways to move one onto the other. Exact but for rounding (10⁻¹³ of the
  /// largest distance); 0 for equal measures.
  ///
  /// By the network simplex method; size · size doubles of memory, some 10 ms for 100 against 100
  /// points.
  ///
  /// @throws IllegalArgumentException if the measures differ in dimension, or have too many points
  ///   for a matrix of distances, or a distance overflows
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public double wasserstein(DiscreteMeasure other) {
    if (dimension() != other.dimension()) {
      throw new IllegalArgumentException(
          "measures of dimensions %d and %d".formatted(dimension(), other.dimension()));
    }
    if ((long) size() * other.size() > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d x %d distances do not fit an array".formatted(size(), other.size()));
    }
    Masses masses = Masses.of(this, other);
    return new TransportSimplex(distances(other), masses.supplies(), masses.demands()).cost();
  }

  private double[] distances(DiscreteMeasure other) {
    double[] distances = new double[size() * other.size()];
    for (int i = 0; i < size(); i++) {
      for (int j = 0; j < other.size(); j++) {
        double distance = Vectors.distance(points[i], other.points[j]);
        if (distance == Double.POSITIVE_INFINITY) {
          throw new IllegalArgumentException(
              "points %d and %d have no finite distance".formatted(i, j));
        }
        distances[i * other.size() + j] = distance;
      }
    }
    return distances;
  }
}
