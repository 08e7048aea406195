package topolip.perturb.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.dataset.Shapes;
import topolip.dataset.Split;
import topolip.engine.Progress;
import topolip.perturb.SamplePair;

class AttackedPairTest {

  @Test
  void theCounterpartIsTheAttackOfTheSample() throws IOException {
    Dataset data = Shapes.of(Split.TEST, 0);
    int classes = data.classNames().size();
    LinearModel model = LinearModel.random(data.shape(), classes, new SplittableRandom(1));
    Suite suite = AttackParser.parse("pgd:8/255:3", Norm.L_INF, classes);
    List<String> begun = new ArrayList<>();
    Progress recording =
        (what, units) -> {
          begun.add(what + " " + units);
          return Progress.NONE.begin(what, units);
        };
    SamplePair pair = SamplePair.attacked(data, 60, model, suite, 3, recording);
    Images clean = pair.clean(0, 60);

    assertThat(clean.values()).isEqualTo(SamplePair.of(data, 60, null, 3).clean(0, 60).values());
    float[] part = pair.perturbed(5, 9).values();
    float[] whole = pair.perturbed(0, 60).values();
    assertThat(Arrays.copyOfRange(whole, 5 * 3072, 9 * 3072)).isEqualTo(part);
    assertThat(begun).containsExactly("plain: pgd-3 4", "plain: pgd-3 56");
    int changed = 0;
    for (int i = 0; i < 60; i++) {
      float[] z = model.forward(pair.clean(i, i + 1), List.of()).logits();
      boolean right = PointLoss.best(z, -1) == pair.perturbedLabels()[i];
      boolean same =
          Arrays.equals(
              Arrays.copyOfRange(whole, i * 3072, (i + 1) * 3072), pair.clean(i, i + 1).values());
      assertThat(same).isEqualTo(!right);
      changed += same ? 0 : 1;
    }
    assertThat(changed).isPositive();
  }
}
