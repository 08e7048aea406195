package topolip.perturb.attack;

import java.util.Arrays;
import topolip.model.Loss;

/// A function of one point's logits that an attack raises.
@FunctionalInterface
interface PointLoss {

  /// The loss at these logits.
  ///
  /// @param derivatives filled with those of the loss with respect to the logits
  double at(float[] logits, double[] derivatives);

  /// `log Σ exp zⱼ − z_label`.
  ///
  /// Derivatives are in single precision throughout, as in the frameworks that attacks were
  /// published with: where the probability of the label rounds to 1, the gradient leads towards the
  /// other classes alone. Counts of fooled points are then theirs; with exact derivatives, one step
  /// fools more points of networks that are sure of themselves.
  static PointLoss crossEntropy(int label) {
    return (z, d) -> {
      float largest = z[best(z, -1)];
      double exact = 0;
      float rounded = 0;
      for (float logit : z) {
        double share = Math.exp(logit - largest);
        exact += share;
        rounded += (float) share;
      }
      float logarithm = (float) Math.log(rounded);
      for (int c = 0; c < z.length; c++) {
        d[c] = (float) Math.exp(z[c] - largest - logarithm) - (c == label ? 1f : 0f);
      }
      return Math.log(exact) + largest - z[label];
    };
  }

  /// The cross-entropy of a target, negated.
  static PointLoss towards(int target) {
    PointLoss away = crossEntropy(target);
    return (z, d) -> {
      double loss = -away.at(z, d);
      Norm.scale(d, -1);
      return loss;
    };
  }

  /// `z_up − z_down`.
  static PointLoss difference(int up, int down) {
    return (z, d) -> {
      Arrays.fill(d, 0);
      d[up] += 1;
      d[down] -= 1;
      return (double) z[up] - z[down];
    };
  }

  /// `max_{j≠label} zⱼ − z_label`.
  static PointLoss margin(int label) {
    return (z, d) -> difference(best(z, label), label).at(z, d);
  }

  /// `z_target − max_{j≠target} zⱼ`.
  static PointLoss marginTowards(int target) {
    return (z, d) -> difference(target, best(z, target)).at(z, d);
  }

  /// The difference of logits ratio, `−(z_y − max_{j≠y} zⱼ) / (z_π1 − z_π3)` with the logits sorted
  /// as π: Croce and Hein 2020, arXiv:2003.01690, equation 6. Needs three classes.
  static PointLoss dlr(int label) {
    return (z, d) -> {
      int[] order = descending(z);
      int other = order[0] == label ? order[1] : order[0];
      double[] scale = new double[z.length];
      scale[order[0]] += 1;
      scale[order[2]] -= 1;
      return ratio(z, other, label, scale, d);
    };
  }

  /// Its targeted version, `−(z_y − z_t) / (z_π1 − (z_π3 + z_π4) / 2)`: equation 7. Needs four
  /// classes.
  static PointLoss dlr(int label, int target) {
    return (z, d) -> {
      int[] order = descending(z);
      double[] scale = new double[z.length];
      scale[order[0]] += 1;
      scale[order[2]] -= 0.5;
      scale[order[3]] -= 0.5;
      return ratio(z, target, label, scale, d);
    };
  }

  private static double ratio(float[] z, int up, int down, double[] scale, double[] derivatives) {
    double numerator = (double) z[up] - z[down];
    double denominator = 1e-12;
    for (int c = 0; c < z.length; c++) {
      denominator += scale[c] * z[c];
    }
    for (int c = 0; c < z.length; c++) {
      double rise = (c == up ? 1 : 0) - (c == down ? 1 : 0);
      derivatives[c] = rise / denominator - numerator * scale[c] / (denominator * denominator);
    }
    return numerator / denominator;
  }

  /// The class of the largest logit, the first of equals, one class left out.
  ///
  /// @param except -1 for none
  static int best(float[] logits, int except) {
    int best = except == 0 ? 1 : 0;
    for (int c = best + 1; c < logits.length; c++) {
      if (c != except && logits[c] > logits[best]) {
        best = c;
      }
    }
    return best;
  }

  /// Classes by falling logit, equal ones by number.
  static int[] descending(float[] logits) {
    Integer[] order = new Integer[logits.length];
    Arrays.setAll(order, c -> c);
    Arrays.sort(order, (a, b) -> Float.compare(logits[b], logits[a]));
    return Arrays.stream(order).mapToInt(c -> c).toArray();
  }

  /// The loss of a batch, one loss a sample.
  static Loss batch(PointLoss... rows) {
    return (logits, classes) -> {
      float[] losses = new float[rows.length];
      float[] derivatives = new float[logits.length];
      double[] row = new double[classes];
      for (int s = 0; s < rows.length; s++) {
        float[] z = Arrays.copyOfRange(logits, s * classes, (s + 1) * classes);
        losses[s] = (float) rows[s].at(z, row);
        for (int c = 0; c < classes; c++) {
          derivatives[s * classes + c] = (float) row[c];
        }
      }
      return new Loss.Values(losses, derivatives);
    };
  }
}
