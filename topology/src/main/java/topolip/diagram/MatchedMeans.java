package topolip.diagram;

import java.util.List;
import topolip.homology.PersistenceDiagram;

/// The diagram with the least sum of squared costs of given matchings to m diagrams.
///
/// A point is held as its middle c = (b + d) / 2 and half persistence h = (d − b) / 2. The mean of
/// k points and m − k copies of the diagonal has the mean c of the k points, and k/m of their mean
/// h: the diagonal's nearest point to it has its own c and h = 0.
final class MatchedMeans {
  private final double[] middles;
  private final double[] halves;
  private final int[] counts;
  private int size;

  private MatchedMeans(int points) {
    middles = new double[points];
    halves = new double[points];
    counts = new int[points];
  }

  /// @param matchings of the mean so far with each diagram
  static PersistenceDiagram of(
      PersistenceDiagram mean, List<PersistenceDiagram> diagrams, List<Matching> matchings) {
    int created = matchings.stream().mapToInt(m -> m.secondToDiagonal().size()).sum();
    MatchedMeans means = new MatchedMeans(mean.size() + created);
    means.size = mean.size();
    for (int i = 0; i < diagrams.size(); i++) {
      PersistenceDiagram diagram = diagrams.get(i);
      for (Matching.Pair pair : matchings.get(i).pairs()) {
        means.add(pair.first(), diagram, pair.second());
      }
      for (int unmatched : matchings.get(i).secondToDiagonal()) {
        means.add(means.size++, diagram, unmatched);
      }
    }
    return means.diagram(mean.degree(), diagrams.size());
  }

  private void add(int point, PersistenceDiagram diagram, int index) {
    boolean essential = diagram.isEssential(index);
    double birth = diagram.birth(index);
    double death = diagram.death(index);
    middles[point] += essential ? birth : birth / 2 + death / 2;
    halves[point] += death / 2 - birth / 2;
    counts[point]++;
  }

  private PersistenceDiagram diagram(int degree, int diagrams) {
    double[] births = new double[size];
    double[] deaths = new double[size];
    for (int i = 0; i < size; i++) {
      double middle = counts[i] == 0 ? 0 : middles[i] / counts[i];
      double half = halves[i] / diagrams;
      boolean essential = half == Double.POSITIVE_INFINITY;
      births[i] = essential ? middle : middle - half;
      deaths[i] = middle + half;
    }
    return PersistenceDiagram.of(degree, births, deaths);
  }
}
