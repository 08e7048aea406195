package topolip.diagram;

import java.util.Arrays;
import java.util.List;
import topolip.homology.PersistenceDiagram;

/// A Fréchet mean of diagrams: a diagram Y with a small mean of squared distances
///
/// F(Y) = (1/m) Σ W_2(Y, X_i)², W_2 with the ground norm ℓ_2.
///
/// **It is a local minimum**, which depends on where the search starts; F is not convex, and the
/// least value is not sought. From the start, each point is moved to the mean of the points that it
/// is matched with, where the diagonal stands for its nearest point, each unmatched point x of X_i
/// gives a new one near the diagonal, and diagrams are matched again, as long as F falls (Turner,
/// Mileyko, Mukherjee and Harer 2014, Algorithm 1, DOI 10.1007/s00454-014-9604-7). At the end, no
/// averaging over the optimal matchings that were found lowers F: a local minimum if these are the
/// only optimal ones, as they are for diagrams in general position.
///
/// Essential classes are matched in order of birth, and their births averaged.
///
/// GUDHI's `lagrangian_barycenter` is this search, from a diagram by random unless `init` names
/// one; its `energy` is the mean of distances, where `variance` is that of their squares.
///
/// @param diagram the mean
/// @param variance F of it, the Fréchet variance
/// @param iterations how often the points were moved
public record FrechetMean(PersistenceDiagram diagram, double variance, int iterations) {
  private static final Wasserstein METRIC = new Wasserstein(2, GroundNorm.L_2);

  /// The mean found from the diagram with the least mean of squared distances to the others, the
  /// first of these in the list. That takes m (m − 1) / 2 distances, and each iteration m
  /// matchings.
  ///
  /// @param diagrams at least one, all of one degree and with equally many essential classes
  /// @throws IllegalArgumentException if there is none, or if they differ in one of these
  /// @throws java.util.concurrent.CancellationException if the thread is interrupted
  public static FrechetMean of(List<PersistenceDiagram> diagrams) {
    if (diagrams.isEmpty()) {
      throw new IllegalArgumentException("no diagrams to take the mean of");
    }
    checkAlike(diagrams, diagrams.getFirst());
    return of(diagrams, medoid(diagrams));
  }

  /// The mean found from a start, such as another mean or one of the diagrams.
  ///
  /// @param start of the same degree and with as many essential classes as the diagrams
  public static FrechetMean of(List<PersistenceDiagram> diagrams, PersistenceDiagram start) {
    if (diagrams.isEmpty()) {
      throw new IllegalArgumentException("no diagrams to take the mean of");
    }
    checkAlike(diagrams, start);
    PersistenceDiagram mean = start;
    List<Matching> matchings = matchings(start, diagrams);
    double deviation = deviation(matchings);
    for (int iteration = 0; ; iteration++) {
      PersistenceDiagram moved = MatchedMeans.of(mean, diagrams, matchings);
      List<Matching> ofMoved = matchings(moved, diagrams);
      double ofMovedDeviation = deviation(ofMoved);
      if (!(ofMovedDeviation < deviation)) {
        return new FrechetMean(mean, deviation * deviation, iteration);
      }
      mean = moved;
      matchings = ofMoved;
      deviation = ofMovedDeviation;
    }
  }

  private static void checkAlike(List<PersistenceDiagram> diagrams, PersistenceDiagram start) {
    for (PersistenceDiagram diagram : diagrams) {
      if (diagram.degree() != start.degree()) {
        throw new IllegalArgumentException(
            "diagrams of degrees %d and %d have no mean"
                .formatted(start.degree(), diagram.degree()));
      }
      int expected = EssentialClasses.count(start);
      int actual = EssentialClasses.count(diagram);
      if (actual != expected) {
        throw new IllegalArgumentException(
            "diagrams with %d and %d essential classes have no mean".formatted(expected, actual));
      }
    }
  }

  private static PersistenceDiagram medoid(List<PersistenceDiagram> diagrams) {
    int size = diagrams.size();
    double[][] distances = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        distances[i][j] = METRIC.distance(diagrams.get(i), diagrams.get(j));
        distances[j][i] = distances[i][j];
      }
    }
    LpNorm norm = new LpNorm(2);
    int best = 0;
    for (int i = 1; i < size; i++) {
      best = norm.of(distances[i]) < norm.of(distances[best]) ? i : best;
    }
    return diagrams.get(best);
  }

  private static List<Matching> matchings(
      PersistenceDiagram mean, List<PersistenceDiagram> diagrams) {
    return diagrams.stream().map(diagram -> METRIC.matching(mean, diagram)).toList();
  }

  /// The root of F, whose squares do not overflow.
  private static double deviation(List<Matching> matchings) {
    double[] distances = new double[matchings.size()];
    Arrays.setAll(distances, i -> matchings.get(i).distance());
    return new LpNorm(2).of(distances) / Math.sqrt(distances.length);
  }
}
