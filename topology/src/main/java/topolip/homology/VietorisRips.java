package topolip.homology;

import java.util.List;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.SparseDistances;
import topolip.geometry.Workers;

/// Persistent homology of Vietoris-Rips filtrations with coefficients in ℤ/p.
///
/// A simplex appears at its diameter, the longest distance of its vertices, as in Ripser and GUDHI.
/// Distances of `+∞` are no edges. Results do not depend on the number of threads.
///
/// @param maxDegree the highest degree of homology computed
/// @param threshold simplices of larger diameter are left out; `+∞` for none. The enclosing radius
///   bounds the filtration in any case, since nothing but one component lives beyond it.
/// @param prime the p of ℤ/p, below 2¹⁵. Diagrams differ between fields only where homology over
///   the integers has torsion.
/// @param threads how many threads to use
public record VietorisRips(int maxDegree, double threshold, int prime, int threads)
    implements Filtration {

  public VietorisRips {
    if (maxDegree < 0) {
      throw new IllegalArgumentException("degree must not be negative: " + maxDegree);
    }
    if (!(threshold >= 0)) {
      throw new IllegalArgumentException("threshold must not be negative: " + threshold);
    }
    PrimeField.requirePrime(prime);
    Workers.requirePositive(threads);
  }

  /// Without a threshold, over ℤ/2, on one thread.
  public static VietorisRips upTo(int maxDegree) {
    return new VietorisRips(maxDegree, Double.POSITIVE_INFINITY, 2, 1);
  }

  public VietorisRips withThreshold(double newThreshold) {
    return new VietorisRips(maxDegree, newThreshold, prime, threads);
  }

  public VietorisRips withPrime(int newPrime) {
    return new VietorisRips(maxDegree, threshold, newPrime, threads);
  }

  public VietorisRips withThreads(int newThreads) {
    return new VietorisRips(maxDegree, threshold, prime, newThreads);
  }

  /// One diagram a degree, from 0 to [#maxDegree].
  ///
  /// Memory, for n points with m edges up to the threshold: 8m bytes for the edges, 4n² (or 16m, if
  /// that is less) for their ranks, n²/8 a thread, and from degree 2 on the reduced columns. Time:
  /// O(m log m) for degree 0; O(mn/64) and a small matrix for degree 1; beyond that it depends on
  /// the data, at worst cubic in the number of simplices of dimension `maxDegree`.
  ///
  /// @throws IllegalArgumentException if there are more points than simplices of dimension
  ///   `maxDegree + 1` can be numbered for, or the heap is too small (see [#cost(DistanceMatrix)])
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  @Override
  public List<PersistenceDiagram> diagrams(DistanceMatrix distances, Progress progress) {
    requireMemory(distances);
    return diagrams(edges(distances), progress);
  }

  /// The same of points of which only some pairs are connected.
  public List<PersistenceDiagram> diagrams(SparseDistances distances) {
    return diagrams(distances, Progress.NONE);
  }

  /// The same, telling how far it has come.
  public List<PersistenceDiagram> diagrams(SparseDistances distances, Progress progress) {
    EdgeFiltration edges = edges(distances);
    long heap = Runtime.getRuntime().maxMemory();
    if (CostEstimate.bytes(edges.vertices(), edges.size(), maxDegree, threads) > heap) {
      cost(distances).requireFits(heap);
    }
    return diagrams(edges, progress);
  }

  private void requireMemory(DistanceMatrix distances) {
    long heap = Runtime.getRuntime().maxMemory();
    long pairs = pairs(distances);
    if (CostEstimate.bytes(distances.size(), pairs, maxDegree, threads) + 8 * pairs > heap) {
      cost(distances).requireFits(heap); // most often, the threshold leaves fewer edges
    }
  }

  private static long pairs(DistanceMatrix distances) {
    return (long) distances.size() * (distances.size() - 1) / 2;
  }

  /// What the diagrams of these distances will take: O(n²) time.
  @Override
  public Cost cost(DistanceMatrix distances) {
    double bound = Math.min(threshold, distances.enclosingRadius());
    CostEstimate estimate =
        new CostEstimate(
            distances.size(),
            EdgeFiltration.count(distances, bound),
            (u, v) -> EdgeFiltration.isEdge(distances.distance(u, v), bound),
            maxDegree);
    return estimate.cost(8 * pairs(distances), threads);
  }

  /// The same of points of which only some pairs are connected: O(m log m) time for m of them.
  public Cost cost(SparseDistances distances) {
    EdgeFiltration edges = edges(distances);
    Adjacency adjacency = new SparseAdjacency(edges);
    CostEstimate estimate =
        new CostEstimate(
            distances.size(),
            edges.size(),
            (u, v) -> adjacency.rank(u, v) != Adjacency.ABSENT,
            maxDegree);
    return estimate.cost(16L * distances.edges(), threads);
  }

  private List<PersistenceDiagram> diagrams(EdgeFiltration edges, Progress progress) {
    return RipsHomology.diagrams(
        edges, maxDegree, new PrimeField(prime), new Workers(threads), progress);
  }

  /// The classes of all degrees with a cocycle each, in the order of the diagrams.
  ///
  /// Threads share the search for columns; one reduces them, since a class has many cocycles and
  /// which one is found depends on the order. Edges are not collapsed and all cocycles are kept:
  /// slower than [#diagrams(DistanceMatrix)], by a lot in degree 1.
  @Override
  public List<Representative> representatives(DistanceMatrix distances, Progress progress) {
    requireMemory(distances);
    return representatives(edges(distances), progress);
  }

  /// The same of points of which only some pairs are connected.
  public List<Representative> representatives(SparseDistances distances) {
    return representatives(distances, Progress.NONE);
  }

  /// The same, telling how far it has come.
  public List<Representative> representatives(SparseDistances distances, Progress progress) {
    return representatives(edges(distances), progress);
  }

  private List<Representative> representatives(EdgeFiltration edges, Progress progress) {
    return RipsHomology.representatives(
        edges, maxDegree, new PrimeField(prime), new Workers(threads), progress);
  }

  private EdgeFiltration edges(DistanceMatrix distances) {
    return EdgeFiltration.of(distances, Math.min(threshold, distances.enclosingRadius()));
  }

  private EdgeFiltration edges(SparseDistances distances) {
    return EdgeFiltration.of(distances, Math.min(threshold, distances.enclosingRadius()));
  }
}
