package topolip.perturb.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttackParserTest {
  private static final Ball BALL = new Ball(Norm.L_INF, 8 / 255.0);

  @Test
  void namesAreAttacks() {
    assertThat(attack("fgsm:8/255")).isEqualTo(Pgd.fgsm(BALL));
    assertThat(attack("pgd:8/255")).isEqualTo(Pgd.of(BALL, 20));
    assertThat(attack("pgd:8/255:40")).isEqualTo(Pgd.of(BALL, 40));
    assertThat(attack("apgd:8/255")).isEqualTo(new Apgd(BALL, Objective.CROSS_ENTROPY, 100, 1));
    assertThat(attack("apgd-t:8/255:50"))
        .isEqualTo(new TargetedApgd(BALL, Objective.DLR, 50, 1, 9));
    assertThat(attack("fab:8/255")).isEqualTo(new Fab(Norm.L_INF, 8 / 255.0, 100, 1, 9));
    assertThat(attack("square:8/255:7")).isEqualTo(Square.of(BALL, 7));
    assertThat(AttackParser.parse("aa-standard:8/255", Norm.L_INF, 10))
        .isEqualTo(Suite.standard(BALL, 10));
    assertThat(AttackParser.parse("aa-lite:8/255", Norm.L_INF, 2)).isEqualTo(Suite.lite(BALL, 2));
    assertThat(AttackParser.parse("aa-rand:8/255", Norm.L_INF, 10))
        .isEqualTo(Suite.randomised(BALL, 10));
    assertThat(attack("deepfool")).isEqualTo(DeepFool.of(Norm.L_INF));
    assertThat(attack("fab")).isEqualTo(new Fab(Norm.L_INF, Double.POSITIVE_INFINITY, 100, 1, 9));
    assertThat(AttackParser.parse("cw", Norm.L_2, 10).attacks())
        .containsExactly(CarliniWagner.of());
    assertThat(AttackParser.isAttack("cw")).isTrue();
    assertThat(AttackParser.isAttack("gaussian:0.1")).isFalse();
    assertThatThrownBy(() -> AttackParser.parse("cw", Norm.L_INF, 10))
        .hasMessage("'cw' looks for distances in l2, not in linf");
  }

  private static Attack attack(String text) {
    List<Attack> attacks = AttackParser.parse(text, Norm.L_INF, 10).attacks();
    assertThat(attacks).hasSize(1);
    return attacks.getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pgd",
        "pgd:",
        "pgd:x",
        "pgd:1e",
        "pgd:0.1:0",
        "pgd:0.1:5:6",
        "fgsm:0.1:3",
        "pgd:-1",
        "aa-lite:0.1:3",
        "aa-rand:0.1:3",
        "deepfool:0.1",
        "cw:0.1",
        "autoattack:0.1",
        "pgd:1/0",
        "pgd:0.1:99999999999",
        "PGD:0.1"
      })
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> AttackParser.parse(text, Norm.L_2, 10))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// 8 stands for 8/255 in many scripts; in ℓ₂ a radius above 1 is ordinary.
  @Test
  void radiiBeyondThePixelRangeAreRefusedInLInfinity() {
    assertThatThrownBy(() -> AttackParser.parse("fgsm:8", Norm.L_INF, 10))
        .hasMessage(
            "'fgsm:8' goes beyond the pixel range [0, 1]; write a radius such as 8/255 or 0.03");
    assertThat(AttackParser.parse("fgsm:8", Norm.L_2, 10).attacks()).hasSize(1);
  }
}
