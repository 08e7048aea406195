package topolip.homology;

import java.util.Locale;

/// What homology of a filtration will take, estimated before it runs: right by order of magnitude.
///
/// @param maxDegree the highest degree of homology
/// @param points the number of points
/// @param edges the number of edges up to the threshold, exact
/// @param simplices the number of simplices up to the threshold, of dimensions 0 to `maxDegree` +
///   1, estimated from a seeded sample; most are never looked at
/// @param bytes memory on the heap, the distances included, but not a column while it is reduced,
///   which nothing foretells: where a class of degree 2 or more lives long, that can be more (150
///   MB for the void of a sphere of 280 points)
/// @param seconds time on one thread of the machine of docs/benchmarks.md
public record Cost(
    int maxDegree, int points, long edges, double simplices, long bytes, double seconds) {

  /// Throws if a heap of so many bytes is too small, and names what would fit.
  ///
  /// @throws IllegalArgumentException if it is
  public void requireFits(long heap) {
    if (bytes > heap) {
      // All terms of the memory grow with the square of the points, or with the edges.
      double share = (double) heap / bytes;
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "degree %d of %,d points with %,d edges takes about %s of memory, but there are %s;"
                  + " %,d of the points (landmarks) would fit, or a threshold or sparse filtration"
                  + " that leaves %,d edges, or a larger heap (-Xmx)",
              maxDegree,
              points,
              edges,
              size(bytes),
              size(heap),
              (long) (points * Math.sqrt(share)),
              (long) (edges * share)));
    }
  }

  static String size(long bytes) {
    return bytes >= 1L << 30
        ? String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30))
        : String.format(Locale.ROOT, "%.0f MiB", Math.ceil(bytes / (double) (1L << 20)));
  }

  /// In words: "1,000 points, 450,000 edges, about 7e+07 simplices, 60 MiB, 2 s".
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%,d points, %,d edges, about %.0e simplices, %s, %.1g s",
        points,
        edges,
        simplices,
        size(bytes),
        seconds);
  }
}
