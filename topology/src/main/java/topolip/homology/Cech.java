package topolip.homology;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.Workers;

/// Persistent homology of Čech filtrations with coefficients in ℤ/p, in degrees 0 to 2.
///
/// A simplex appears at the radius of the smallest ball that encloses its points, as in GUDHI: an
/// edge at half its length. Only distances are needed, so that the dimension of the points plays no
/// role; they should be Euclidean, since a ball is computed as if they were. Results do not depend
/// on the number of threads.
///
/// Time: a ball of d + 1 points for each simplex of dimension d = `maxDegree` + 1, and more for
/// those that are reduced: O(n³) for degree 1, O(n⁴) for degree 2. Memory: 8n² bytes and the
/// reduced columns.
///
/// @param maxDegree the highest degree of homology computed, at most 2
/// @param threshold simplices of larger radius are left out; `+∞` for none. The enclosing radius of
///   the points bounds the filtration in any case, since nothing but one component lives beyond it.
/// @param prime the p of ℤ/p, below 2¹⁵
/// @param threads how many threads to use
public record Cech(int maxDegree, double threshold, int prime, int threads) implements Filtration {
  private static final int LARGEST_DEGREE = 2;

  public Cech {
    if (maxDegree < 0 || maxDegree > LARGEST_DEGREE) {
      throw new IllegalArgumentException(
          "Čech homology has degrees 0 to %d here, not %d".formatted(LARGEST_DEGREE, maxDegree));
    }
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("threshold must not be negative: " + threshold);
    }
    PrimeField.requirePrime(prime);
    Workers.requirePositive(threads);
  }

  /// Without a threshold, over ℤ/2, on one thread.
  public static Cech upTo(int maxDegree) {
    return new Cech(maxDegree, Double.POSITIVE_INFINITY, 2, 1);
  }

  public Cech withThreshold(double newThreshold) {
    return new Cech(maxDegree, newThreshold, prime, threads);
  }

  public Cech withPrime(int newPrime) {
    return new Cech(maxDegree, threshold, newPrime, threads);
  }

  public Cech withThreads(int newThreads) {
    return new Cech(maxDegree, threshold, prime, newThreads);
  }

  /// One diagram a degree, from 0 to [#maxDegree].
  ///
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  @Override
  public List<PersistenceDiagram> diagrams(DistanceMatrix distances, Progress progress) {
    requireMemory(distances);
    List<PersistenceDiagram> diagrams = new ArrayList<>();
    diagrams.add(SpanningForest.of(edges(distances)).diagram());
    reductions(distances, progress).stream().map(CechReduction::diagram).forEach(diagrams::add);
    return diagrams;
  }

  /// The classes of all degrees with a cocycle each, in the order of the diagrams.
  @Override
  public List<Representative> representatives(DistanceMatrix distances, Progress progress) {
    requireMemory(distances);
    return Stream.concat(
            Components.representatives(edges(distances)).stream(),
            reductions(distances, progress).stream().flatMap(r -> r.representatives().stream()))
        .toList();
  }

  /// What the diagrams of these distances will take: O(n²) time, and as much memory for the time.
  ///
  /// @throws IllegalArgumentException if even that does not fit
  @Override
  public Cost cost(DistanceMatrix distances) {
    requireDistancesFit(distances);
    return CechCost.of(this, distances);
  }

  private void requireMemory(DistanceMatrix distances) {
    requireDistancesFit(distances);
    long heap = Runtime.getRuntime().maxMemory();
    if (CechCost.mostBytes(distances.size(), maxDegree) > heap) {
      requireFits(distances.size(), cost(distances).bytes(), heap); // most often, columns are few
    }
  }

  private void requireDistancesFit(DistanceMatrix distances) {
    requireFits(
        distances.size(),
        CechCost.bytesBesidesColumns(distances.size()),
        Runtime.getRuntime().maxMemory());
  }

  /// All terms of the memory grow at least with the square of the points.
  void requireFits(int points, long bytes, long heap) {
    if (bytes > heap) {
      throw new IllegalArgumentException(
          "Čech homology of degree %d of %,d points takes about %s of memory, but there are %s; %,d"
                  .formatted(
                      maxDegree,
                      points,
                      Cost.size(bytes),
                      Cost.size(heap),
                      (long) (points * Math.sqrt((double) heap / bytes)))
              + " of the points (landmarks) would fit, or a lower threshold, or a larger heap"
              + " (-Xmx)");
    }
  }

  /// Beyond this radius, nothing but one component lives.
  double bound(DistanceMatrix distances) {
    return Math.min(threshold, distances.enclosingRadius());
  }

  private List<CechReduction> reductions(DistanceMatrix distances, Progress progress) {
    PrimeField field = new PrimeField(prime);
    EnclosingBalls balls = new EnclosingBalls(distances);
    double bound = bound(distances);
    List<CechReduction> reductions = new ArrayList<>();
    CechComplex complex = new CechComplex(balls, bound, maxDegree + 1, field.bits());
    DeathSet deaths = tree(edges(distances), complex);
    for (int degree = 1; degree <= maxDegree; degree++) {
      List<long[]> columns =
          CechReduction.columns(
              balls,
              () -> new CechComplex(balls, bound, maxDegree + 1, field.bits()),
              degree,
              deaths,
              new Workers(threads));
      CechReduction reduction = CechReduction.of(complex, columns, field, degree, progress);
      reductions.add(reduction);
      deaths = reduction.deaths();
    }
    return reductions;
  }

  /// The edges with their radii.
  private EdgeFiltration edges(DistanceMatrix distances) {
    return EdgeFiltration.of(distances, 2 * bound(distances)).halved();
  }

  private static DeathSet tree(EdgeFiltration edges, CechComplex complex) {
    Set<Long> tree = new HashSet<>();
    SpanningForest.of(edges).tree().stream()
        .mapToLong(e -> complex.encode(new int[] {edges.upper(e), edges.lower(e)}, 2))
        .forEach(tree::add);
    return tree::contains;
  }
}
