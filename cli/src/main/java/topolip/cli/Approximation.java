package topolip.cli;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import topolip.geometry.Landmarks;
import topolip.geometry.SparseRips;

/// Fewer points or fewer edges, with what that promises.
///
/// @param landmarks how many points, or null for all
/// @param epsilon by how much births and deaths may grow, or null for not at all
record Approximation(@Nullable Integer landmarks, @Nullable Double epsilon) {

  Approximation {
    if (landmarks != null && epsilon != null) {
      throw new IllegalArgumentException("take either --landmarks or --sparse, not both");
    }
    if (landmarks != null && landmarks < 1) {
      throw new IllegalArgumentException("--landmarks must be at least 1: " + landmarks);
    }
    if (epsilon != null && !(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("--sparse must be positive and finite: " + epsilon);
    }
  }

  /// The points that are left, and the place of each in the file.
  record Taken(DistanceFile points, IntUnaryOperator rows) {}

  private static final String IF_METRIC = ", if the distances keep the triangle inequality";

  Taken of(DistanceFile input, Consumer<String> note) {
    if (landmarks != null) {
      return landmarks(input, landmarks, note);
    }
    DistanceFile points = epsilon == null ? input : sparse(input, new SparseRips(epsilon), note);
    return new Taken(points, IntUnaryOperator.identity());
  }

  private static Taken landmarks(DistanceFile input, int count, Consumer<String> note) {
    return switch (input) {
      case DistanceFile.Points(var cloud, var metric) -> {
        Landmarks chosen = Landmarks.maxmin(cloud, metric, count, 0);
        promise(chosen, cloud.size(), "", note);
        int[] rows = rows(chosen);
        yield new Taken(new DistanceFile.Points(cloud.subset(rows), metric), i -> rows[i]);
      }
      case DistanceFile.Matrix(var distances) -> {
        Landmarks chosen = Landmarks.maxmin(distances, count, 0);
        promise(chosen, distances.size(), IF_METRIC, note);
        int[] rows = rows(chosen);
        yield new Taken(new DistanceFile.Matrix(distances.subset(rows)), i -> rows[i]);
      }
      case DistanceFile.Sparse _ ->
          throw new IllegalArgumentException("landmarks need all distances, not some");
    };
  }

  /// In the order of the file, which is that of the vertices of a simplex.
  private static int[] rows(Landmarks chosen) {
    int[] rows = chosen.indices();
    Arrays.sort(rows);
    return rows;
  }

  private static void promise(
      Landmarks chosen, int points, String condition, Consumer<String> note) {
    double radius = chosen.coveringRadius();
    note.accept(
        "%,d landmarks of %,d points, covering radius %.4g: Vietoris-Rips diagrams are within %.4g"
                .formatted(chosen.size(), points, radius, 2 * radius)
            + " of the whole cloud's in bottleneck distance, Čech diagrams within %.4g"
                .formatted(radius)
            + condition);
  }

  private static DistanceFile sparse(
      DistanceFile input, SparseRips filtration, Consumer<String> note) {
    var sparse =
        switch (input) {
          case DistanceFile.Points(var cloud, var metric) -> filtration.distances(cloud, metric);
          case DistanceFile.Matrix(var distances) -> filtration.distances(distances);
          case DistanceFile.Sparse _ ->
              throw new IllegalArgumentException("a sparse filtration needs all distances");
        };
    note.accept(
        "%,d edges of %,d points: matched with the exact ones, births and deaths are up to %.4g times"
                .formatted(sparse.edges(), sparse.size(), 1 + filtration.epsilon())
            + " as large, and intervals shorter than that may be missing"
            + (input instanceof DistanceFile.Matrix ? IF_METRIC : ""));
    return new DistanceFile.Sparse(sparse);
  }
}
