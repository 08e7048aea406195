package topolip.homology;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import topolip.geometry.Workers;

/// The way from edges to diagrams.
///
/// Degree 0 is a spanning forest, degree 1 a matrix over lunes, and higher degrees are reduced as
/// cohomology. From degree 3 on edges are collapsed first: on the inputs of benchmarks/homology
/// that always paid there, and never much below.
final class RipsHomology {
  private static final int LEAST_DEGREE_TO_COLLAPSE = 3;

  private final EdgeFiltration edges;
  private final Adjacency adjacency;
  private final SimplexCodec codec;
  private final PrimeField field;
  private final Workers workers;
  private final Progress progress;

  private RipsHomology(
      EdgeFiltration edges, int maxDegree, PrimeField field, Workers workers, Progress progress) {
    this.edges = edges;
    this.adjacency = edges.adjacency();
    this.codec = new SimplexCodec(edges, maxDegree + 1, field.bits());
    this.field = field;
    this.workers = workers;
    this.progress = progress;
  }

  static List<PersistenceDiagram> diagrams(
      EdgeFiltration edges, int maxDegree, PrimeField field, Workers workers, Progress progress) {
    if (maxDegree == 0) {
      return List.of(SpanningForest.of(edges).diagram());
    }
    EdgeFiltration fewer = collapses(maxDegree, edges.vertices()) ? EdgeCollapse.of(edges) : edges;
    return new RipsHomology(fewer, maxDegree, field, workers, progress).diagrams(maxDegree);
  }

  /// Whether edges are collapsed, which takes a matrix of ranks.
  static boolean collapses(int maxDegree, long vertices) {
    return maxDegree >= LEAST_DEGREE_TO_COLLAPSE && EdgeFiltration.fitsMatrix(vertices);
  }

  private List<PersistenceDiagram> diagrams(int maxDegree) {
    SpanningForest forest = SpanningForest.of(edges);
    Loops loops = Loops.of(edges, adjacency, field, forest.tree(), workers);
    List<PersistenceDiagram> diagrams = new ArrayList<>();
    diagrams.add(forest.diagram());
    diagrams.add(loops.diagram());
    DeathSet deaths = loops.deaths(codec);
    for (int degree = 2; degree <= maxDegree; degree++) {
      CohomologyReduction reduction = reduce(degree, deaths, workers);
      diagrams.add(reduction.diagram());
      deaths = reduction.deaths();
    }
    return diagrams;
  }

  /// Threads may share the search for columns but not their reduction, for the sake of cocycles.
  private CohomologyReduction reduce(int degree, DeathSet cleared, Workers reducing) {
    long[] columns =
        new ColumnEnumeration(edges, adjacency, codec, degree, cleared).columns(workers);
    CohomologyReduction reduction =
        new CohomologyReduction(adjacency, codec, field, degree, columns);
    reduction.reduce(reducing, progress);
    return reduction;
  }

  /// Classes with their cocycles, degree by degree. One thread reduces columns: which cocycle
  /// represents a class depends on their order.
  static List<Representative> representatives(
      EdgeFiltration edges, int maxDegree, PrimeField field, Workers workers, Progress progress) {
    List<Representative> all = new ArrayList<>(Components.representatives(edges));
    RipsHomology homology = new RipsHomology(edges, maxDegree, field, workers, progress);
    BitSet tree = SpanningForest.of(edges).tree();
    DeathSet deaths = edge -> tree.get((int) edge);
    for (int degree = 1; degree <= maxDegree; degree++) {
      CohomologyReduction reduction = homology.reduce(degree, deaths, new Workers(1));
      all.addAll(reduction.representatives());
      deaths = reduction.deaths();
    }
    return all;
  }
}
