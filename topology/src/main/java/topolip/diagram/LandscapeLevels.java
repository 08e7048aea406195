package topolip.diagram;

import java.util.Arrays;
import topolip.homology.PersistenceDiagram;

/// The levels of a landscape one after the other, each by one sweep over the intervals.
///
/// The intervals in no other one, m_1, m_2, … by birth, make the level: the upper envelope of their
/// tents f_i. Their deaths increase as well, so at any t, f_i(t) = min(t − b_i, d_i − t) rises in i
/// and then falls, and the minima of neighbours are all values but the largest. The minimum of f_i
/// and f_{i+1} is the tent over the intersection of their intervals: so the other levels are those
/// of the intervals that were in others, and of the intersections. Intersections are born where the
/// later interval is, hence the order by birth stays.
final class LandscapeLevels {
  private final double[] births;
  private final double[] deaths;
  private int size;

  private double[] xs = new double[0];
  private double[] ys = new double[0];
  private int points;

  LandscapeLevels(PersistenceDiagram diagram) {
    size = diagram.size();
    births = new double[size];
    deaths = new double[size];
    Arrays.setAll(births, i -> Breakpoints.unsigned(diagram.birth(i)));
    Arrays.setAll(deaths, i -> Breakpoints.unsigned(diagram.death(i)));
  }

  boolean hasNext() {
    return size > 0;
  }

  PiecewiseLinear next() {
    xs = new double[3 * size];
    ys = new double[3 * size];
    points = 0;
    double birth = births[0];
    double death = deaths[0];
    int left = 0;
    addPoint(birth, 0);
    for (int i = 1; i < size; i++) {
      double b = births[i];
      double d = deaths[i];
      if (d > death && b > birth) {
        addPeak(birth, death);
        addMeeting(death, b);
        if (b < death) {
          left = leave(left, b, death);
        }
        birth = b;
        death = d;
      } else {
        left = leave(left, b, Math.min(d, death));
        death = Math.max(d, death);
      }
    }
    addPeak(birth, death);
    addPoint(death, 0);
    size = left;
    return new PiecewiseLinear(Arrays.copyOf(xs, points), Arrays.copyOf(ys, points));
  }

  private int leave(int left, double birth, double death) {
    births[left] = birth;
    deaths[left] = death;
    return left + 1;
  }

  private void addPeak(double birth, double death) {
    addPoint(birth / 2 + death / 2, death / 2 - birth / 2);
  }

  /// Where the tent that ends at `death` meets the one that starts at `birth`.
  private void addMeeting(double death, double birth) {
    if (birth < death) {
      addPeak(birth, death);
    } else {
      addPoint(death, 0);
      if (birth > death) {
        addPoint(birth, 0);
      }
    }
  }

  private void addPoint(double x, double y) {
    xs[points] = Breakpoints.unsigned(x);
    ys[points] = y;
    points++;
  }
}
