package topolip.perturb.attack;

import java.util.Arrays;

/// [TargetedApgd] on one point.
record TargetedApgdWalk(TargetedApgd apgd) implements PointAttack {

  @Override
  public void run(Search search) throws InterruptedException {
    for (int target : targets(search, apgd.targets())) {
      PointLoss loss = apgd.objective().loss(search.label(), target);
      for (int start = 0; start < apgd.starts() && !search.finished(); start++) {
        ApgdWalk.start(search, apgd.ball(), apgd.steps(), loss);
      }
    }
  }

  /// The classes with the largest logits of the clean image, without the label.
  static int[] targets(Search search, int most) {
    return Arrays.stream(PointLoss.descending(search.cleanLogits()))
        .filter(c -> c != search.label())
        .limit(most)
        .toArray();
  }
}
