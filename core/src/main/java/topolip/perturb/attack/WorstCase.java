package topolip.perturb.attack;

import java.util.ArrayList;
import java.util.List;

/// Several attacks on the same points, taken together.
public final class WorstCase {
  private WorstCase() {}

  /// For each point the result of the attack that hurts most: the nearest adversarial image if one
  /// was found, by whichever attack; otherwise the last result.
  ///
  /// @param results of each attack, on the same points in the same order
  /// @throws IllegalArgumentException if there are none, or the points differ
  public static List<AttackedPoint> over(List<List<AttackedPoint>> results) {
    if (results.isEmpty()) {
      throw new IllegalArgumentException("there are no attacks");
    }
    List<AttackedPoint> worst = new ArrayList<>(results.getFirst());
    for (List<AttackedPoint> next : results.subList(1, results.size())) {
      if (next.size() != worst.size()) {
        throw new IllegalArgumentException(
            "attacks on %d and on %d points".formatted(worst.size(), next.size()));
      }
      for (int p = 0; p < next.size(); p++) {
        worst.set(p, worse(worst.get(p), next.get(p)));
      }
    }
    return worst;
  }

  private static AttackedPoint worse(AttackedPoint a, AttackedPoint b) {
    if (a.id() != b.id() || a.label() != b.label()) {
      throw new IllegalArgumentException(
          "attacks on different points: %d of class %d, %d of class %d"
              .formatted(a.id(), a.label(), b.id(), b.label()));
    }
    if (a.robust() || b.robust()) {
      return a.robust() ? b : a;
    }
    return b.distance() < a.distance() ? b : a;
  }
}
