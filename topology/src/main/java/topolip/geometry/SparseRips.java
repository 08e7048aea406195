package topolip.geometry;

/// A sparse graph whose Vietoris-Rips filtration approximates that of all distances.
///
/// Every value v of the full filtration becomes one between v and (1 + ε)v: the persistence modules
/// are multiplicatively interleaved, so that on logarithmic axes diagrams differ by at most log(1 +
/// ε) in bottleneck distance, and intervals with death > (1 + ε)² birth are never missed. For
/// points of doubling dimension δ there are n(1/ε)^O(δ) edges (Sheehy 2013, DOI
/// 10.1007/s00454-013-9513-1).
///
/// With points in greedy order, λ their insertion radii, and γ = ε/(2(1 + ε)), a point p is deleted
/// at tₚ = λₚ/(γ(1 − 2γ)), and its weight w at scale α is 0 up to (1 − 2γ)tₚ, then grows with slope
/// ½ to γα at tₚ, and stays γα. An edge {p, q} appears at the least α with d + wₚ(α) + w_q(α) ≤ α,
/// unless one end is deleted before.
///
/// Why no higher simplices need to be left out, as they are in the literature: from tₚ on, some
/// point with weight 0 is within γα of p, hence joined to all that p is joined to, and it is not
/// deleted yet. So in the filtration of all edges deleted points are dominated, and may be removed.
/// Without the late edges, the point deleted first has the neighbours that it had at its deletion,
/// none deleted before, and is dominated by the same point; then the next one. So both filtrations
/// have the homotopy type of the points not yet deleted, and the one includes in the other.
///
/// @param epsilon ε, positive and finite
public record SparseRips(double epsilon) {

  public SparseRips {
    if (!(epsilon > 0) || epsilon == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException("epsilon must be positive and finite: " + epsilon);
    }
  }

  /// The edges with their values, for points of which all distances are known: O(n²) time.
  ///
  /// @throws IllegalArgumentException if a distance is `+∞`: greedy orders need a metric
  public SparseDistances distances(DistanceMatrix distances) {
    int n = distances.size();
    if (n == 0) {
      return SparseDistances.of(0, new int[0], new int[0], new double[0]);
    }
    Landmarks order = Landmarks.maxmin(distances, n, 0);
    EdgeList edges = new EdgeList();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        double distance = distances.distance(order.index(i), order.index(j));
        addEdge(edges, order, i, j, distance);
      }
    }
    return edges.distances(n);
  }

  /// The edges with their values, without a matrix of all distances: O(n² · dimension) time, O(n)
  /// memory besides the edges.
  ///
  /// @param metric any but cosine distance
  public SparseDistances distances(PointCloud cloud, Metric metric) {
    int n = cloud.size();
    if (n == 0) {
      return SparseDistances.of(0, new int[0], new int[0], new double[0]);
    }
    Landmarks order = Landmarks.maxmin(cloud, metric, n, 0);
    EdgeList edges = new EdgeList();
    double[] row = new double[n];
    for (int i = 0; i < n; i++) {
      cloud.distancesFrom(order.index(i), metric, row);
      for (int j = 0; j < i; j++) {
        addEdge(edges, order, i, j, row[order.index(j)]);
      }
    }
    return edges.distances(n);
  }

  /// Adds the edge of the `i`-th and the `j`-th point of the order, j < i, if there is one.
  private void addEdge(EdgeList edges, Landmarks order, int i, int j, double distance) {
    if (distance == Double.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "points %d and %d are infinitely far apart; a sparse filtration needs a metric"
              .formatted(order.index(i), order.index(j)));
    }
    double value = value(distance, order.insertionRadius(i), order.insertionRadius(j));
    if (value < Double.POSITIVE_INFINITY) {
      edges.add(order.index(i), order.index(j), value);
    }
  }

  /// When an edge of this length between points with insertion radii `smaller` and `larger`
  /// appears, `+∞` if it is left out.
  private double value(double distance, double smaller, double larger) {
    double gamma = epsilon / (2 * (1 + epsilon));
    double weightless = smaller / gamma;
    if (distance <= weightless) {
      return distance;
    }
    double value = 2 * distance - weightless;
    double deleted = weightless / (1 - 2 * gamma);
    return value <= Math.min(deleted, larger / gamma) ? value : Double.POSITIVE_INFINITY;
  }
}
