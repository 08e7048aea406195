package topolip.diagram;

/// The few points of least key below a bound, in increasing order of key.
///
/// Of points with equal keys those stay that follow an origin in cyclic order of index: points that
/// coincide then do not all have the same few neighbours.
final class CheapestPoints {
  private final int[] points;
  private final double[] costs;
  private final double[] keys;
  private final int modulus;
  private int size;
  private int origin;
  private double bound;

  /// @param limit how many points are kept
  /// @param points how many points there are
  CheapestPoints(int limit, int points) {
    this.points = new int[limit];
    this.costs = new double[limit];
    this.keys = new double[limit];
    this.modulus = Math.max(1, points);
  }

  /// Forgets all points and takes those with keys below a bound from now on.
  void start(int newOrigin, double newBound) {
    size = 0;
    origin = newOrigin % modulus;
    bound = newBound;
  }

  /// Whether a point with this key could be among the cheapest.
  boolean admits(double key) {
    return key < bound && (size < keys.length || key <= keys[size - 1]);
  }

  void offer(int point, double cost, double key) {
    if (!admits(key)) {
      return;
    }
    if (size == keys.length) {
      if (!isBefore(point, key, size - 1)) {
        return;
      }
      size--;
    }
    int i = size++;
    while (i > 0 && isBefore(point, key, i - 1)) {
      points[i] = points[i - 1];
      costs[i] = costs[i - 1];
      keys[i] = keys[i - 1];
      i--;
    }
    points[i] = point;
    costs[i] = cost;
    keys[i] = key;
  }

  private boolean isBefore(int point, double key, int place) {
    return key < keys[place] || (key == keys[place] && rank(point) < rank(points[place]));
  }

  private int rank(int point) {
    return point >= origin ? point - origin : point - origin + modulus;
  }

  int size() {
    return size;
  }

  int point(int place) {
    return points[place];
  }

  double cost(int place) {
    return costs[place];
  }

  double key(int place) {
    return keys[place];
  }
}
