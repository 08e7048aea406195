package topolip.report;

import java.util.ArrayList;
import java.util.List;
import topolip.geometry.PointCloud;

/// What is drawn of the Čech complex of points in the plane: its edges and triangles at a radius.
///
/// A simplex is there from the radius of the smallest ball that encloses its points.
record CechComplexInPlane(PointCloud points) {

  CechComplexInPlane {
    if (points.dimension() != 2) {
      throw new IllegalArgumentException(
          "a complex is drawn of points in the plane, not of dimension " + points.dimension());
    }
  }

  /// The pairs of points whose balls of this radius meet.
  List<int[]> edges(double radius) {
    List<int[]> edges = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      for (int j = i + 1; j < points.size(); j++) {
        if (distance(i, j) / 2 <= radius) {
          edges.add(new int[] {i, j});
        }
      }
    }
    return edges;
  }

  /// The triples of points whose balls of this radius have a point in common.
  List<int[]> triangles(double radius) {
    List<int[]> triangles = new ArrayList<>();
    for (int[] edge : edges(radius)) {
      for (int k = edge[1] + 1; k < points.size(); k++) {
        if (enclosingRadius(edge[0], edge[1], k) <= radius) {
          triangles.add(new int[] {edge[0], edge[1], k});
        }
      }
    }
    return triangles;
  }

  /// Half the longest side of an obtuse triangle, the circumradius of any other.
  double enclosingRadius(int i, int j, int k) {
    double a = distance(i, j);
    double b = distance(j, k);
    double c = distance(i, k);
    double longest = Math.max(a, Math.max(b, c));
    double excess = a * a + b * b + c * c - 2 * longest * longest;
    if (excess <= 0) {
      return longest / 2;
    }
    double doubleArea = Math.abs((x(j) - x(i)) * (y(k) - y(i)) - (x(k) - x(i)) * (y(j) - y(i)));
    return a * b * c / (2 * doubleArea);
  }

  double x(int i) {
    return points.coordinate(i, 0);
  }

  double y(int i) {
    return points.coordinate(i, 1);
  }

  private double distance(int i, int j) {
    return Math.hypot(x(i) - x(j), y(i) - y(j));
  }
}
