package topolip.perturb.attack;

import java.util.ArrayList;
import java.util.List;

/// One of each attack.
final class AttackTable {
  private AttackTable() {}

  /// Those that look for images in a ball.
  static List<Attack> within(Ball ball) {
    List<Attack> attacks = new ArrayList<>();
    attacks.add(Pgd.fgsm(ball));
    attacks.add(Pgd.of(ball, 20));
    attacks.add(
        new Pgd(
            ball,
            10,
            ball.eps() / 5,
            Pgd.Start.RANDOM,
            3,
            1,
            Objective.MARGIN,
            Aim.RUNNER_UP,
            Keep.STRONGEST));
    attacks.add(new Apgd(ball, Objective.CROSS_ENTROPY, 25, 2));
    attacks.add(new Apgd(ball, Objective.DLR, 25, 1));
    attacks.add(new TargetedApgd(ball, Objective.DLR, 25, 1, 2));
    attacks.add(new Fab(ball.norm(), ball.eps(), 10, 2, 2));
    attacks.add(new RandomNoise(ball, 10));
    if (ball.norm() != Norm.L_1) {
      attacks.add(Square.of(ball, 60));
    }
    return attacks;
  }

  /// Those that look for the nearest image.
  static List<Attack> nearest(Norm norm) {
    List<Attack> attacks = new ArrayList<>();
    attacks.add(DeepFool.of(norm));
    attacks.add(new Fab(norm, Double.POSITIVE_INFINITY, 20, 2, 2));
    if (norm == Norm.L_2) {
      attacks.add(new CarliniWagner(4, 60, 0.02, 0.1, 0));
    }
    return attacks;
  }
}
