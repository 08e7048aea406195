package topolip.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import topolip.diagram.GroundNorm;

class SubsamplesTest {

  private static ProfileOptions options(int subsamples, double size, long seed) {
    return new ProfileOptions(
        Protocol.ADJACENT, List.of(0), 1, GroundNorm.L_INFINITY, subsamples, size, seed);
  }

  @Test
  void firstReplicateIsTheWholeSample() {
    assertThat(Subsamples.of(5, options(3, 0.8, 1)).replicates().getFirst())
        .containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void subsamplesAreDistinctIndicesInOrder() {
    List<int[]> replicates = Subsamples.of(50, options(20, 0.8, 7)).replicates();

    assertThat(replicates).hasSize(21);
    for (int[] drawn : replicates.subList(1, 21)) {
      assertThat(drawn).hasSize(40).isSorted().doesNotHaveDuplicates();
      assertThat(drawn[0]).isNotNegative();
      assertThat(drawn[39]).isLessThan(50);
    }
    assertThat(replicates.get(1)).isNotEqualTo(replicates.get(2));
  }

  @Test
  void everySampleIsDrawnEquallyOften() {
    int[] counts = new int[10];
    for (int[] drawn : Subsamples.of(10, options(4000, 0.3, 3)).replicates().subList(1, 4001)) {
      for (int i : drawn) {
        counts[i]++;
      }
    }
    // Binomial(4000, 0.3): mean 1200, standard deviation 29.
    for (int count : counts) {
      assertThat(count).isBetween(1055, 1345);
    }
  }

  @Test
  void seedDecides() {
    assertThat(Subsamples.of(50, options(1, 0.5, 7)).replicates().get(1))
        .isEqualTo(Subsamples.of(50, options(1, 0.5, 7)).replicates().get(1))
        .isNotEqualTo(Subsamples.of(50, options(1, 0.5, 8)).replicates().get(1));
  }

  @Test
  void shareIsOfWhatIsDrawn() {
    assertThat(Subsamples.of(7, options(1, 0.8, 0)).share()).isEqualTo(6.0 / 7);
  }

  @Test
  void subsamplesThatAreTheWholeSampleAreRefused() {
    assertThatThrownBy(() -> Subsamples.of(100, options(5, 0.999, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "subsamples of 0.999 of 100 samples are the whole sample; take a smaller share");
  }

  @Test
  void tooFewSamplesAreRefusedWithTheNumberNeeded() {
    assertThatThrownBy(() -> Subsamples.of(2, options(5, 0.8, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 samples are too few for subsamples of 0.8; take at least 4");
  }
}
