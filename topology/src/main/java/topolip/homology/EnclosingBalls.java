package topolip.homology;

import topolip.geometry.DistanceMatrix;

/// Radii of the smallest balls that enclose up to four points, from their distances alone.
///
/// The smallest ball of a simplex is that of a face, or its circumscribed ball if the centre lies
/// strictly inside. So a radius is the largest among the facets', to the last bit, unless the
/// simplex has its own; values then never decrease from a face to a coface, and degenerate
/// simplices (equal, collinear, cocircular points) take the value of a face.
final class EnclosingBalls {
  /// A tetrahedron flatter than this has no ball of its own. Its height squared is then below about
  /// this fraction of the radius squared, and so is the error of taking a facet's ball.
  private static final double FLAT = 1e-13;

  private final double[][] distances;

  EnclosingBalls(DistanceMatrix matrix) {
    int n = matrix.size();
    distances = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        distances[i][j] = matrix.distance(i, j);
        distances[j][i] = distances[i][j];
      }
    }
  }

  int points() {
    return distances.length;
  }

  /// The radius of the simplex with the first `count` of these vertices.
  double radius(int[] v, int count) {
    return switch (count) {
      case 1 -> 0;
      case 2 -> distances[v[0]][v[1]] / 2;
      case 3 -> triangle(v[0], v[1], v[2]);
      case 4 -> tetrahedron(v[0], v[1], v[2], v[3]);
      default -> throw new IllegalArgumentException("no ball of " + count + " points");
    };
  }

  double triangle(int u, int v, int w) {
    double a = distances[u][v];
    double b = distances[u][w];
    double c = distances[v][w];
    double longest = Math.max(Math.max(a, b), c);
    if (!(longest > 0) || longest == Double.POSITIVE_INFINITY) {
      return longest;
    }
    double x = a / longest;
    double y = b / longest;
    double z = c / longest;
    if (x * x + y * y + z * z <= 2) {
      return longest / 2; // right or obtuse
    }
    // Acute: all factors of Heron's formula are of the size of the sides.
    double product = (x + y + z) * (y + z - x) * (x + z - y) * (x + y - z);
    return longest * Math.max(0.5, x * y * z / Math.sqrt(product));
  }

  private double tetrahedron(int t, int u, int v, int w) {
    double faces =
        Math.max(
            Math.max(triangle(t, u, v), triangle(t, u, w)),
            Math.max(triangle(t, v, w), triangle(u, v, w)));
    if (faces == Double.POSITIVE_INFINITY) {
      return faces;
    }
    return Math.max(faces, circumradius(t, u, v, w, 2 * faces));
  }

  /// The radius of the circumscribed ball if its centre lies strictly inside, or 0.
  ///
  /// With x₁, x₂, x₃ the vectors from `t` and G their Gram matrix, the centre is Σ yᵢxᵢ for G y =
  /// diag(G)/2, and the radius √(yᵀ diag(G)/2).
  private double circumradius(int t, int u, int v, int w, double scale) {
    double a = square(t, u, scale);
    double b = square(t, v, scale);
    double c = square(t, w, scale);
    double ab = (a + b - square(u, v, scale)) / 2;
    double ac = (a + c - square(u, w, scale)) / 2;
    double bc = (b + c - square(v, w, scale)) / 2;
    double m11 = b * c - bc * bc;
    double m22 = a * c - ac * ac;
    double m33 = a * b - ab * ab;
    double m12 = ac * bc - ab * c;
    double m13 = ab * bc - ac * b;
    double m23 = ab * ac - a * bc;
    double determinant = a * m11 + ab * m12 + ac * m13;
    if (!(determinant > FLAT * a * b * c)) {
      return 0;
    }
    double y1 = (m11 * a + m12 * b + m13 * c) / (2 * determinant);
    double y2 = (m12 * a + m22 * b + m23 * c) / (2 * determinant);
    double y3 = (m13 * a + m23 * b + m33 * c) / (2 * determinant);
    if (!(y1 > 0 && y2 > 0 && y3 > 0 && y1 + y2 + y3 < 1)) {
      return 0;
    }
    return scale * Math.sqrt((y1 * a + y2 * b + y3 * c) / 2);
  }

  private double square(int u, int v, double scale) {
    double scaled = distances[u][v] / scale;
    return scaled * scaled;
  }
}
