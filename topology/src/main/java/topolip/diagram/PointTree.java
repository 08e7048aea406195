package topolip.diagram;

import java.util.Arrays;

/// A k-d tree of weighted points in the birth-death plane, for the points that are cheapest to
/// match with: those of least cost − weight.
///
/// Nodes are those of a complete binary tree, node k over nodes 2k + 1 and 2k + 2; each knows the
/// bounding box and the largest weight of its points. Building takes O(n log n), weighing O(n).
final class PointTree {
  private static final int LEAF = 8;

  private final MatchingCost cost;
  private final int[] points;
  private final int[] places;
  private final double[] births;
  private final double[] deaths;
  private final double[] weights;
  private final double[] boxes;
  private final double[] largest;
  private final int firstLeaf;

  PointTree(MatchingCost cost, double[] births, double[] deaths) {
    this.cost = cost;
    int size = births.length;
    int leaves = 1;
    while (leaves * LEAF < size) {
      leaves *= 2;
    }
    firstLeaf = leaves - 1;
    boxes = new double[4 * (2 * leaves - 1)];
    largest = new double[2 * leaves - 1];
    points = PlaneOrder.of(births, deaths, leaves);
    this.births = Arrays.stream(points).mapToDouble(i -> births[i]).toArray();
    this.deaths = Arrays.stream(points).mapToDouble(i -> deaths[i]).toArray();
    weights = new double[size];
    places = new int[size];
    for (int i = 0; i < size; i++) {
      places[points[i]] = i;
    }
    bound(0, 0, size);
  }

  private void bound(int node, int from, int to) {
    double[] box = {
      Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
      Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
    };
    for (int i = from; i < to; i++) {
      box[0] = Math.min(box[0], births[i]);
      box[1] = Math.max(box[1], births[i]);
      box[2] = Math.min(box[2], deaths[i]);
      box[3] = Math.max(box[3], deaths[i]);
    }
    System.arraycopy(box, 0, boxes, 4 * node, 4);
    if (node < firstLeaf) {
      int middle = (from + to) >>> 1;
      bound(2 * node + 1, from, middle);
      bound(2 * node + 2, middle, to);
    }
  }

  /// Gives each point a weight, by its index at construction; all are 0 before.
  void weigh(double[] weightOfPoint) {
    for (int i = 0; i < points.length; i++) {
      weights[i] = weightOfPoint[points[i]];
    }
    weigh(0, 0, points.length);
  }

  private double weigh(int node, int from, int to) {
    double most = Double.NEGATIVE_INFINITY;
    if (node < firstLeaf) {
      int middle = (from + to) >>> 1;
      most = Math.max(weigh(2 * node + 1, from, middle), weigh(2 * node + 2, middle, to));
    } else {
      for (int i = from; i < to; i++) {
        most = Math.max(most, weights[i]);
      }
    }
    largest[node] = most;
    return most;
  }

  /// Takes a point out, by its index at construction, until the next weighing.
  void remove(int point) {
    int place = places[point];
    weights[place] = Double.NEGATIVE_INFINITY;
    remove(0, 0, points.length, place);
  }

  private void remove(int node, int from, int to, int place) {
    if (node >= firstLeaf) {
      double most = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        most = Math.max(most, weights[i]);
      }
      largest[node] = most;
      return;
    }
    int middle = (from + to) >>> 1;
    if (place < middle) {
      remove(2 * node + 1, from, middle, place);
    } else {
      remove(2 * node + 2, middle, to, place);
    }
    largest[node] = Math.max(largest[2 * node + 1], largest[2 * node + 2]);
  }

  /// Offers the points of least cost − weight, as seen from this birth and death.
  void find(double birth, double death, CheapestPoints cheapest) {
    if (points.length > 0) {
      find(0, 0, points.length, birth, death, cheapest);
    }
  }

  private void find(
      int node, int from, int to, double birth, double death, CheapestPoints cheapest) {
    if (node >= firstLeaf) {
      for (int i = from; i < to; i++) {
        double pair = cost.pair(birth - births[i], death - deaths[i]);
        cheapest.offer(points[i], pair, pair - weights[i]);
      }
      return;
    }
    int left = 2 * node + 1;
    int middle = (from + to) >>> 1;
    double leftLeast = least(left, birth, death);
    double rightLeast = least(left + 1, birth, death);
    boolean leftFirst = leftLeast <= rightLeast;
    if (leftFirst && cheapest.admits(leftLeast)) {
      find(left, from, middle, birth, death, cheapest);
    }
    if (cheapest.admits(rightLeast)) {
      find(left + 1, middle, to, birth, death, cheapest);
    }
    if (!leftFirst && cheapest.admits(leftLeast)) {
      find(left, from, middle, birth, death, cheapest);
    }
  }

  /// Some point whose cost − weight is below a bound, the least of those in the leaf where the
  /// search ends; −1 if there is none.
  int findAny(double birth, double death, double bound) {
    return points.length == 0 || least(0, birth, death) >= bound
        ? -1
        : findAny(0, 0, points.length, birth, death, bound);
  }

  private int findAny(int node, int from, int to, double birth, double death, double bound) {
    if (node >= firstLeaf) {
      int found = -1;
      double nearest = bound;
      for (int i = from; i < to; i++) {
        double key = cost.pair(birth - births[i], death - deaths[i]) - weights[i];
        if (key < nearest) {
          nearest = key;
          found = points[i];
        }
      }
      return found;
    }
    int left = 2 * node + 1;
    int middle = (from + to) >>> 1;
    double leftLeast = least(left, birth, death);
    double rightLeast = least(left + 1, birth, death);
    int found = -1;
    if (leftLeast < bound && leftLeast <= rightLeast) {
      found = findAny(left, from, middle, birth, death, bound);
    }
    if (found < 0 && rightLeast < bound) {
      found = findAny(left + 1, middle, to, birth, death, bound);
    }
    if (found < 0 && leftLeast < bound && leftLeast > rightLeast) {
      found = findAny(left, from, middle, birth, death, bound);
    }
    return found;
  }

  /// No point below a node has a smaller cost − weight.
  private double least(int node, double birth, double death) {
    double births = Math.max(0, Math.max(boxes[4 * node] - birth, birth - boxes[4 * node + 1]));
    double deaths = Math.max(0, Math.max(boxes[4 * node + 2] - death, death - boxes[4 * node + 3]));
    return cost.pair(births, deaths) - largest[node];
  }
}
