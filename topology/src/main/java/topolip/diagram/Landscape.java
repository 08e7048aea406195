package topolip.diagram;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import topolip.homology.PersistenceDiagram;

/// The persistence landscape of a diagram (Bubenik 2015, JMLR 16:77–102): functions λ_1 ≥ λ_2 ≥ …,
/// where λ_k(t) is the k-th largest of
///
/// max(0, min(t − b, d − t)) over the intervals [b, d).
///
/// Each is held exactly, as its critical points. The distance in the supremum norm is at most the
/// bottleneck distance of the diagrams.
///
/// GUDHI's `Landscape` is √2 times this one (it measures heights in the plane turned by 45°), as is
/// its norm. Essential classes are refused.
///
/// For n intervals, a level takes O(n) time and at most 3n critical points.
public final class Landscape {
  private final List<PiecewiseLinear> levels;

  private Landscape(List<PiecewiseLinear> levels) {
    this.levels = List.copyOf(levels);
  }

  /// All levels that are not 0, at most as many as intervals.
  ///
  /// @throws IllegalArgumentException if there is an essential class
  public static Landscape of(PersistenceDiagram diagram) {
    return of(diagram, Integer.MAX_VALUE);
  }

  /// The first levels.
  ///
  /// @param most the number of levels, at least 1; there are fewer if the others are 0
  /// @throws IllegalArgumentException if there is an essential class
  /// @throws CancellationException if interrupted
  public static Landscape of(PersistenceDiagram diagram, int most) {
    requirePositive(most);
    EssentialClasses.refuse(diagram, "a landscape");
    List<PiecewiseLinear> levels = new ArrayList<>();
    LandscapeLevels rest = new LandscapeLevels(diagram);
    while (rest.hasNext() && levels.size() < most) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      levels.add(rest.next());
    }
    return new Landscape(levels);
  }

  /// The mean of landscapes, level by level, which need not be the landscape of a diagram.
  ///
  /// @param landscapes at least one
  public static Landscape mean(List<Landscape> landscapes) {
    if (landscapes.isEmpty()) {
      throw new IllegalArgumentException("no landscapes to take the mean of");
    }
    int most = landscapes.stream().mapToInt(Landscape::levels).max().orElseThrow();
    List<PiecewiseLinear> means = new ArrayList<>();
    for (int k = 1; k <= most; k++) {
      int level = k;
      List<PiecewiseLinear> functions = landscapes.stream().map(l -> l.level(level)).toList();
      means.add(PiecewiseLinear.sum(functions).times(1.0 / landscapes.size()));
    }
    return new Landscape(means);
  }

  /// The number of levels that are held.
  public int levels() {
    return levels.size();
  }

  /// The function λ_k: 0 for k beyond the levels that are held.
  ///
  /// @param k from 1
  public PiecewiseLinear level(int k) {
    requirePositive(k);
    return k <= levels.size() ? levels.get(k - 1) : PiecewiseLinear.ZERO;
  }

  /// The norm (Σ_k ‖λ_k‖_p^p)^{1/p}, the maximum for p = `+∞`: the distance to the landscape of an
  /// empty diagram.
  ///
  /// @param order p, at least 1
  public double norm(double order) {
    return new LpNorm(order).of(levels.stream().mapToDouble(level -> level.norm(order)).toArray());
  }

  /// The distance (Σ_k ‖λ_k − λ'_k‖_p^p)^{1/p}, over the levels that are held.
  ///
  /// @param order p, at least 1; `+∞` for the largest difference
  public double distance(Landscape other, double order) {
    double[] distances = new double[Math.max(levels(), other.levels())];
    Arrays.setAll(distances, i -> level(i + 1).minus(other.level(i + 1)).norm(order));
    return new LpNorm(order).of(distances);
  }

  /// The first levels on a grid, one after the other: λ_1 at all values of the grid, then λ_2, …
  ///
  /// @param count the number of levels, at least 1; those beyond the levels that are held are 0
  public double[] sample(int count, Grid grid) {
    requirePositive(count);
    double[] vector = new double[Math.multiplyExact(count, grid.size())];
    for (int k = 1; k <= Math.min(count, levels()); k++) {
      System.arraycopy(grid.sample(level(k)::at), 0, vector, (k - 1) * grid.size(), grid.size());
    }
    return vector;
  }

  private static void requirePositive(int level) {
    if (level < 1) {
      throw new IllegalArgumentException("levels of a landscape count from 1: " + level);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Landscape that && levels.equals(that.levels);
  }

  @Override
  public int hashCode() {
    return levels.hashCode();
  }

  @Override
  public String toString() {
    return "landscape of %d levels".formatted(levels());
  }
}
