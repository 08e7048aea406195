package topolip.perturb.attack;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntToDoubleFunction;

/// The smallest move of a point, in a norm, onto a hyperplane within the box [0, 1] (Croce and Hein
/// 2020, arXiv:1907.02044, section 2.2).
///
/// Each value moves by `min(λ cᵢ, roomᵢ)` against the hyperplane, where c is 1 in ℓ_∞ and the
/// weight's size in ℓ₂; what that gains is piecewise linear in λ and solved exactly, in O(d log d).
/// In ℓ₁ the values of the largest weights move first, as far as they can.
final class BoxHyperplane {
  private BoxHyperplane() {}

  /// The move d with `weights · d = gap`; as far as the box allows where it is out of reach.
  static double[] move(Norm norm, float[] point, double[] weights, double gap) {
    int size = point.length;
    double[] gains = new double[size];
    double[] rooms = new double[size];
    double sign = Math.signum(gap);
    for (int i = 0; i < size; i++) {
      gains[i] = Math.abs(weights[i]);
      double up = sign * weights[i];
      rooms[i] = up > 0 ? 1.0 - point[i] : up < 0 ? point[i] : 0;
    }
    double[] lengths =
        norm == Norm.L_1
            ? greedy(gains, rooms, Math.abs(gap))
            : levelled(norm, gains, rooms, Math.abs(gap));
    for (int i = 0; i < size; i++) {
      lengths[i] *= Math.signum(sign * weights[i]);
    }
    return lengths;
  }

  private static double[] greedy(double[] gains, double[] rooms, double gap) {
    double[] lengths = new double[gains.length];
    double left = gap;
    for (int i : order(gains.length, i -> -gains[i])) {
      if (!(left > 0) || gains[i] == 0) {
        break;
      }
      lengths[i] = Math.min(rooms[i], left / gains[i]);
      left -= lengths[i] * gains[i];
    }
    return lengths;
  }

  private static double[] levelled(Norm norm, double[] gains, double[] rooms, double gap) {
    double[] speeds = gains.clone();
    if (norm == Norm.L_INF) {
      Arrays.setAll(speeds, i -> gains[i] > 0 ? 1 : 0);
    }
    double level = level(gains, speeds, rooms, gap);
    double[] lengths = new double[gains.length];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = speeds[i] == 0 ? 0 : Math.min(level * speeds[i], rooms[i]);
    }
    return lengths;
  }

  /// The λ at which the moves gain as much as is asked for; infinite if none does.
  private static double level(double[] gains, double[] speeds, double[] rooms, double gap) {
    double slope = 0;
    for (int i = 0; i < gains.length; i++) {
      slope += gains[i] * speeds[i];
    }
    double gained = 0;
    double level = 0;
    for (int i : order(gains.length, i -> speeds[i] == 0 ? 0 : rooms[i] / speeds[i])) {
      if (speeds[i] == 0) {
        continue;
      }
      double next = rooms[i] / speeds[i];
      if (gained + slope * (next - level) >= gap) {
        return level + (gap - gained) / slope;
      }
      gained += slope * (next - level);
      slope -= gains[i] * speeds[i];
      level = next;
    }
    return Double.POSITIVE_INFINITY;
  }

  private static Integer[] order(int size, IntToDoubleFunction key) {
    Integer[] order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(key::applyAsDouble));
    return order;
  }
}
