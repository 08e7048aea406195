package topolip.homology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PersistenceDiagramTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private final PersistenceDiagram diagram =
      PersistenceDiagram.of(0, new double[] {0, 0, 1}, new double[] {INF, 2, 3});

  @Test
  void essentialClassesCanBeLeftOut() {
    assertThat(diagram.withoutEssential())
        .isEqualTo(PersistenceDiagram.of(0, new double[] {0, 1}, new double[] {2, 3}));
  }

  @Test
  void essentialClassesCanBeGivenADeathAndOthersKeepTheirs() {
    assertThat(diagram.withEssentialDeath(1.5))
        .isEqualTo(PersistenceDiagram.of(0, new double[] {0, 0, 1}, new double[] {1.5, 2, 3}));
  }

  @Test
  void deathOfEssentialClassesIsFiniteAndNotBelowTheirBirth() {
    assertThatThrownBy(() -> diagram.withEssentialDeath(INF))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> diagram.withEssentialDeath(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[0.0, -1.0)");
  }
}
