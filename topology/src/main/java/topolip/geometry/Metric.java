package topolip.geometry;

/// Distances of points.
///
/// All but [#COSINE] are metrics; cosine distance breaks the triangle inequality, so that what is
/// proved of metrics (stability of diagrams, guarantees of landmarks) does not hold for it.
public enum Metric {
  /// The root of the sum of squared differences, ℓ_2.
  EUCLIDEAN {
    @Override
    void add(double[] row, double[][] columns, int from, int width, double[] sums) {
      double r0 = row[from];
      double r1 = row[from + 1];
      double r2 = row[from + 2];
      double r3 = row[from + 3];
      double[] c0 = columns[from];
      double[] c1 = columns[from + 1];
      double[] c2 = columns[from + 2];
      double[] c3 = columns[from + 3];
      for (int j = 0; j < width; j++) {
        double d0 = r0 - c0[j];
        double d1 = r1 - c1[j];
        double d2 = r2 - c2[j];
        double d3 = r3 - c3[j];
        sums[j] += d0 * d0 + d1 * d1 + d2 * d2 + d3 * d3;
      }
    }

    @Override
    double with(double sum, double difference) {
      return sum + difference * difference;
    }

    @Override
    double distance(double sum) {
      return Math.sqrt(sum);
    }
  },

  /// The sum of the differences' sizes, ℓ_1.
  MANHATTAN {
    @Override
    void add(double[] row, double[][] columns, int from, int width, double[] sums) {
      double r0 = row[from];
      double r1 = row[from + 1];
      double r2 = row[from + 2];
      double r3 = row[from + 3];
      double[] c0 = columns[from];
      double[] c1 = columns[from + 1];
      double[] c2 = columns[from + 2];
      double[] c3 = columns[from + 3];
      for (int j = 0; j < width; j++) {
        sums[j] +=
            Math.abs(r0 - c0[j])
                + Math.abs(r1 - c1[j])
                + Math.abs(r2 - c2[j])
                + Math.abs(r3 - c3[j]);
      }
    }

    @Override
    double with(double sum, double difference) {
      return sum + Math.abs(difference);
    }

    @Override
    double distance(double sum) {
      return sum;
    }
  },

  /// The largest difference, ℓ_∞.
  CHEBYSHEV {
    @Override
    void add(double[] row, double[][] columns, int from, int width, double[] sums) {
      double r0 = row[from];
      double r1 = row[from + 1];
      double r2 = row[from + 2];
      double r3 = row[from + 3];
      double[] c0 = columns[from];
      double[] c1 = columns[from + 1];
      double[] c2 = columns[from + 2];
      double[] c3 = columns[from + 3];
      for (int j = 0; j < width; j++) {
        double near = Math.max(Math.abs(r0 - c0[j]), Math.abs(r1 - c1[j]));
        double far = Math.max(Math.abs(r2 - c2[j]), Math.abs(r3 - c3[j]));
        sums[j] = Math.max(sums[j], Math.max(near, far));
      }
    }

    @Override
    double with(double sum, double difference) {
      return Math.max(sum, Math.abs(difference));
    }

    @Override
    double distance(double sum) {
      return sum;
    }
  },

  /// One less the cosine of the angle: half the squared Euclidean distance of the points on the
  /// unit sphere, which keeps its digits where the cosine is near one. The origin has no direction,
  /// and is refused.
  COSINE {
    @Override
    void add(double[] row, double[][] columns, int from, int width, double[] sums) {
      EUCLIDEAN.add(row, columns, from, width, sums);
    }

    @Override
    double with(double sum, double difference) {
      return EUCLIDEAN.with(sum, difference);
    }

    @Override
    double distance(double sum) {
      return sum / 2;
    }
  };

  /// How many dimensions [#add] takes at a time: a sum is loaded and stored once for all of them.
  static final int STEP = 4;

  /// Adds what dimensions `from` to before `from + STEP` contribute to the distances of one point
  /// to `width` others.
  ///
  /// All arrays are indexed by the loop's variable alone: that is what C2 turns into vector
  /// instructions (JDK 25 does not where an offset is added).
  ///
  /// @param row of the point, `[dimension]`
  /// @param columns of the others, `[dimension][point]`
  abstract void add(double[] row, double[][] columns, int from, int width, double[] sums);

  /// What a sum becomes with the difference in one more dimension.
  abstract double with(double sum, double difference);

  abstract double distance(double sum);

  /// @throws IllegalArgumentException if it breaks the triangle inequality
  void requireTriangles() {
    if (this == COSINE) {
      throw new IllegalArgumentException("cosine distance breaks the triangle inequality");
    }
  }

  /// The cloud whose distances are then computed.
  PointCloud prepared(PointCloud cloud) {
    return this == COSINE ? cloud.onUnitSphere() : cloud;
  }
}
