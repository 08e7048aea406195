package topolip.homology;

import java.util.ArrayList;
import java.util.List;

/// Smallest enclosing balls from coordinates: of all circumscribed balls of up to four points, the
/// smallest that contains the others. Nothing is shared with the code under test.
final class BruteForceBalls {
  private static final double SLACK = 1e-9;

  private BruteForceBalls() {}

  /// The radius of the smallest ball around at most four points; never below that of a face.
  static double radius(double[][] points, List<Integer> vertices) {
    double least = vertices.size() == 1 ? 0 : Double.POSITIVE_INFINITY;
    double ofFaces = 0;
    for (int subset = 1; subset < 1 << vertices.size(); subset++) {
      List<Integer> face = new ArrayList<>();
      for (int i = 0; i < vertices.size(); i++) {
        if ((subset >> i & 1) == 1) {
          face.add(vertices.get(i));
        }
      }
      double[] centre = circumcentre(points, face);
      if (centre != null
          && contains(points, vertices, centre, distance(centre, points[face.getFirst()]))) {
        least = Math.min(least, distance(centre, points[face.getFirst()]));
      }
      if (face.size() < vertices.size()) {
        ofFaces = Math.max(ofFaces, radius(points, face));
      }
    }
    return Math.max(least, ofFaces);
  }

  private static boolean contains(double[][] points, List<Integer> all, double[] centre, double r) {
    return all.stream().allMatch(v -> distance(centre, points[v]) <= r + SLACK * (1 + r));
  }

  private static double distance(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += (a[k] - b[k]) * (a[k] - b[k]);
    }
    return Math.sqrt(sum);
  }

  /// The centre in the affine hull, or null if the points are not affinely independent.
  private static double @org.jspecify.annotations.Nullable [] circumcentre(
      double[][] points, List<Integer> face) {
    int m = face.size() - 1;
    double[] origin = points[face.getFirst()];
    double[][] system = new double[m][m + 1];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        system[i][j] = 2 * dot(origin, points[face.get(i + 1)], points[face.get(j + 1)]);
      }
      system[i][m] = dot(origin, points[face.get(i + 1)], points[face.get(i + 1)]);
    }
    for (int c = 0; c < m; c++) {
      int pivot = c;
      for (int r = c; r < m; r++) {
        pivot = Math.abs(system[r][c]) > Math.abs(system[pivot][c]) ? r : pivot;
      }
      double[] swapped = system[c];
      system[c] = system[pivot];
      system[pivot] = swapped;
      if (Math.abs(system[c][c]) < 1e-9) {
        return null;
      }
      for (int r = 0; r < m; r++) {
        double factor = r == c ? 0 : system[r][c] / system[c][c];
        for (int k = c; k <= m; k++) {
          system[r][k] -= factor * system[c][k];
        }
      }
    }
    double[] centre = origin.clone();
    for (int i = 0; i < m; i++) {
      for (int k = 0; k < centre.length; k++) {
        centre[k] += system[i][m] / system[i][i] * (points[face.get(i + 1)][k] - origin[k]);
      }
    }
    return centre;
  }

  private static double dot(double[] origin, double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < origin.length; k++) {
      sum += (a[k] - origin[k]) * (b[k] - origin[k]);
    }
    return sum;
  }
}
