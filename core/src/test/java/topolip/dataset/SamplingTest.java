package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplingTest {
  private final Dataset shapes = Shapes.of(Split.TEST, 0);

  private int[] counts(int[] sample) {
    int[] counts = new int[10];
    Arrays.stream(sample).forEach(i -> counts[shapes.label(i)]++);
    return counts;
  }

  @Test
  void sharesOfClassesDifferByAtMostOne() {
    assertThat(counts(Sampling.balanced(shapes, 500, 1, 1).getFirst())).containsOnly(50);
    assertThat(counts(Sampling.balanced(shapes, 23, 1, 1).getFirst())).containsOnly(2, 3);
  }

  @Test
  void samplesAreDisjointAndTheFirstDoesNotDependOnTheOthers() {
    List<int[]> draws = Sampling.balanced(shapes, 300, 3, 5);

    assertThat(draws.getFirst()).isEqualTo(Sampling.balanced(shapes, 300, 1, 5).getFirst());
    assertThat(draws.stream().flatMapToInt(Arrays::stream).distinct().count()).isEqualTo(900);
    assertThat(draws.getFirst()).isSorted();
  }

  @Test
  void seedDecides() {
    assertThat(Sampling.balanced(shapes, 100, 1, 5).getFirst())
        .isEqualTo(Sampling.balanced(shapes, 100, 1, 5).getFirst())
        .isNotEqualTo(Sampling.balanced(shapes, 100, 1, 6).getFirst());
  }

  @Test
  void wholeDataSetCanBeDrawn() {
    assertThat(Sampling.balanced(shapes, 2000, 1, 0).getFirst())
        .isEqualTo(IntStream.range(0, 2000).toArray());
  }

  @Test
  void tooFewImagesAreNamedWithWhatIsPossible() {
    assertThatThrownBy(() -> Sampling.balanced(shapes, 1500, 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "shapes test, seed 0 has 2,000 images, fewer than the 3,000 asked for; take at most"
                + " --samples 1000");
    assertThatThrownBy(() -> Sampling.balanced(shapes, 0, 1, 0)).hasMessageContaining("0");
  }
}
