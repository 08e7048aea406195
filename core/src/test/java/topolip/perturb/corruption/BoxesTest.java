package topolip.perturb.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoxesTest {

  /// From Pillow 9.4.0: `resize((target, 1), BOX).resize((length, 1), BOX)` of one row. Where the
  /// middle of a pixel is the end of a box, it depends on the last bit.
  @Test
  void rowsAreThoseOfPillow() throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int length = 1; length < 120; length++) {
      int[] levels = new int[length];
      Arrays.setAll(levels, i -> (97 * i + 31 * i * i) % 256);
      int[] means = new int[length];
      for (int target = length / 90 + 1; target <= length; target++) {
        Boxes.of(length, target).alongRows(levels, means);
        for (int mean : means) {
          digest.update((byte) mean);
        }
      }
    }
    assertThat(HexFormat.of().formatHex(digest.digest()))
        .isEqualTo("bc2e811466760e09d0b9a189dfd5516b32f6d4aec4eb2080c9a1d1f489eeeb22");
  }

  @Test
  void columnsAreAsRows() {
    Random random = new Random(5);
    int rows = 3;
    for (int length = 1; length < 50; length++) {
      for (int target = 1; target <= length; target++) {
        int[] levels = random.ints((long) rows * length, 0, 256).toArray();
        int[] across = new int[levels.length];
        int[] down = new int[levels.length];
        Boxes boxes = Boxes.of(length, target);
        boxes.alongRows(levels, across);
        boxes.alongColumns(transposed(levels, rows, length), down, rows);
        assertThat(down).isEqualTo(transposed(across, rows, length));
      }
    }
  }

  private static int[] transposed(int[] plane, int height, int width) {
    int[] transposed = new int[plane.length];
    for (int i = 0; i < plane.length; i++) {
      transposed[i % width * height + i / width] = plane[i];
    }
    return transposed;
  }

  @Test
  void meansOfAllSumsAreRoundedHalvesUp() {
    for (int n = 1; n < 90; n++) {
      int size = n;
      int rows = 255 * size + 1;
      int[] levels = new int[rows * size];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = i / size / size + (i % size < i / size % size ? 1 : 0);
      }
      int[] means = new int[levels.length];
      Boxes.of(size, 1).alongRows(levels, means);
      int[] expected = new int[levels.length];
      Arrays.setAll(expected, i -> (2 * (i / size) + size) / (2 * size));
      assertThat(Arrays.mismatch(means, expected)).as("of %d", size).isEqualTo(-1);
    }
  }

  @Test
  void boxesThatAreTooLargeAreRefused() {
    assertThatThrownBy(() -> Boxes.of(90, 1))
        .hasMessage("boxes have fewer than 90 pixels, not 90 / 1");
    assertThatThrownBy(() -> Boxes.of(1, 0)).isInstanceOf(IllegalArgumentException.class);
  }
}
