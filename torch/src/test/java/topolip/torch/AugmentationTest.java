package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;

class AugmentationTest {
  private static final ImageShape SHAPE = new ImageShape(2, 3, 4);

  private static Images images(int count) {
    float[] values = new float[count * SHAPE.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (1 + i % SHAPE.values()) / 32f;
    }
    return Images.wrap(SHAPE, values);
  }

  private static float[] image(Images images, int index) {
    return Arrays.copyOfRange(
        images.values(), index * SHAPE.values(), (index + 1) * SHAPE.values());
  }

  /// Every possible cut of every possible flip, as written by hand.
  private static Set<String> cuts(boolean flip, int crop) {
    float[] image = image(images(1), 0);
    Set<String> cuts = new HashSet<>();
    for (int mirrored = 0; mirrored <= (flip ? 1 : 0); mirrored++) {
      for (int down = -crop; down <= crop; down++) {
        for (int right = -crop; right <= crop; right++) {
          float[] cut = new float[image.length];
          for (int c = 0; c < 2; c++) {
            for (int y = Math.max(0, -down); y < Math.min(3, 3 - down); y++) {
              for (int x = Math.max(0, -right); x < Math.min(4, 4 - right); x++) {
                int to = mirrored == 1 ? 3 - x : x;
                cut[(c * 3 + y) * 4 + to] = image[(c * 3 + y + down) * 4 + x + right];
              }
            }
          }
          cuts.add(Arrays.toString(cut));
        }
      }
    }
    return cuts;
  }

  @Test
  void flipsAndCropsAreAllSeenAndNothingElse() {
    int count = 500;
    Images varied =
        new Augmentation(true, 1, 0)
            .apply(images(count), IntStream.range(0, count).toArray(), 0, 1);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < count; i++) {
      seen.add(Arrays.toString(image(varied, i)));
    }
    assertThat(seen).hasSize(18).isEqualTo(cuts(true, 1));
  }

  @Test
  void nothingIsVariedUnasked() {
    assertThat(new Augmentation(false, 0, 0).apply(images(2), new int[] {0, 1}, 0, 1).values())
        .isEqualTo(images(2).values());
  }

  @Test
  void variationDependsOnIdEpochAndSeedAlone() {
    Augmentation augmentation = new Augmentation(true, 2, 0.1);
    Images together = augmentation.apply(images(3), new int[] {7, 8, 9}, 4, 1);
    assertThat(augmentation.apply(images(1), new int[] {8}, 4, 1).values())
        .isEqualTo(image(together, 1))
        .isNotEqualTo(augmentation.apply(images(1), new int[] {8}, 5, 1).values())
        .isNotEqualTo(augmentation.apply(images(1), new int[] {8}, 4, 2).values());
    for (float value : together.values()) {
      assertThat(value).isBetween(0f, 1f);
    }
  }
}
