package topolip.perturb.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.dataset.SampleRandom;

class CommonCorruptionTest {

  private static Images repeated(Images image, int count) {
    float[] values = new float[count * image.values().length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(image.values(), 0, values, i * image.values().length, image.values().length);
    }
    return Images.wrap(image.shape(), values);
  }

  @ParameterizedTest
  @EnumSource(value = Corruption.class, mode = EnumSource.Mode.EXCLUDE, names = "FROST")
  void imagesAreWholeLevelsAndDependOnSeedAndIdAlone(Corruption corruption) throws IOException {
    for (int severity = 1; severity <= Severities.COUNT; severity++) {
      CommonCorruption common = CommonCorruption.of(corruption, severity, 32);
      Images clean = TestImages.harsh(32);
      float[] before = clean.values().clone();
      float[] three = common.apply(repeated(clean, 3), new int[] {4, 9, 5}, 7).values();
      float[] alone = common.apply(clean, new int[] {9}, 7).values();

      int size = clean.values().length;
      assertThat(Arrays.copyOfRange(three, size, 2 * size)).isEqualTo(alone);
      assertThat(clean.values()).isEqualTo(before);
      for (float value : alone) {
        assertThat(value).isBetween(0f, 1f);
        assertThat(value * 255 - Math.rint(value * 255)).isCloseTo(0, within(1e-4));
      }
      assertThat(alone).isNotEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Corruption.class,
      names = {
        "GAUSSIAN_NOISE",
        "GLASS_BLUR",
        "MOTION_BLUR",
        "SNOW",
        "FOG",
        "SPATTER",
        "ELASTIC_TRANSFORM",
        "PROCEDURAL_FROST"
      })
  void otherIdsAndSeedsGiveOtherImages(Corruption corruption) throws IOException {
    CommonCorruption common = CommonCorruption.of(corruption, 4, 32);
    Images clean = TestImages.harsh(32);
    float[] one = common.apply(clean, new int[] {1}, 1).values();
    assertThat(common.apply(clean, new int[] {2}, 1).values()).isNotEqualTo(one);
    assertThat(common.apply(clean, new int[] {1}, 2).values()).isNotEqualTo(one);
  }

  @ParameterizedTest
  @EnumSource(names = {"SNOW", "JPEG_COMPRESSION", "SHOT_NOISE", "DEFOCUS_BLUR"})
  void imagesDoNotDependOnThreads(Corruption corruption) throws IOException {
    Images one = TestImages.harsh(32);
    float[] values = new float[7 * one.values().length];
    for (int i = 0; i < 7; i++) {
      System.arraycopy(one.values(), 0, values, i * one.values().length, one.values().length);
    }
    Images clean = Images.wrap(one.shape(), values);
    int[] ids = {5, 1, 4, 0, 3, 2, 9};
    CommonCorruption common = CommonCorruption.of(corruption, 3, 32);
    float[] alone = common.apply(clean, ids, 1).values();
    for (int threads : new int[] {1, 2, 3, 100}) {
      assertThat(common.apply(clean, ids, 1, threads).values()).isEqualTo(alone);
    }
    assertThatThrownBy(() -> common.apply(clean, ids, 1, 0))
        .hasMessage("threads must be at least 1: 0");
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 224})
  void everyCorruptionIsDefinedForLargerImages(int size) throws IOException {
    for (Corruption corruption : Corruption.values()) {
      if (corruption != Corruption.FROST) {
        Images clean = TestImages.smooth(size);
        float[] v =
            CommonCorruption.of(corruption, 3, size).apply(clean, new int[] {1}, 1).values();
        double change = 0;
        for (int i = 0; i < v.length; i++) {
          change += Math.abs(v[i] - clean.values()[i]) / v.length;
        }
        assertThat(change).as(corruption.toString()).isBetween(1e-4, 0.6);
      }
    }
  }

  /// With σ 0.05 the blur is the identity; each pixel inside becomes that of a pixel at most one
  /// away, and none is swapped: whatever is lost is lost.
  @Test
  void glassCopiesPixelsOneWay() {
    float[] values = new float[3 * 32 * 32];
    for (int i = 0; i < 1024; i++) {
      for (int c = 0; c < 3; c++) {
        values[c * 1024 + i] = (c == 0 ? i / 32 * 8 : c == 1 ? i % 32 * 8 : 128) / 255f;
      }
    }
    Planes image = Planes.of(values, 0, 3, 32, 32);
    Planes glass = new GlassBlur(0.05, 1, 1).apply(image, SampleRandom.of(1, 1));
    Set<Integer> sources = new HashSet<>();
    boolean moved = false;
    for (int y = 0; y < 32; y++) {
      for (int x = 0; x < 32; x++) {
        int fromY = (int) Math.rint(glass.channel(0)[y * 32 + x] * 255 / 8);
        int fromX = (int) Math.rint(glass.channel(1)[y * 32 + x] * 255 / 8);
        boolean inside = y > 1 && x > 1 && y <= 31 && x <= 31;
        assertThat(y - fromY).isBetween(0, inside ? 1 : 0);
        assertThat(x - fromX).isBetween(0, inside ? 1 : 0);
        sources.add(fromY * 32 + fromX);
        moved |= fromY != y;
      }
    }
    assertThat(moved).isTrue();
    assertThat(sources.size()).isLessThan(1000);
  }

  @Test
  void fogKeepsTheBrightestValueAtMost() throws IOException {
    Images clean = TestImages.smooth(32);
    float brightest = 0;
    for (float value : clean.values()) {
      brightest = Math.max(brightest, value);
    }
    float[] foggy =
        CommonCorruption.of(Corruption.FOG, 5, 32).apply(clean, new int[] {1}, 1).values();
    for (float value : foggy) {
      assertThat(value).isLessThanOrEqualTo(brightest);
    }
  }

  @Test
  void defocusOfSmallImagesHasThePublishedKernels() {
    double[][] expected = {
      {.844973, .037126, .001631}, {.619347, .083820, .011344}, {.445213, .111015, .027682}
    };
    double[][] parameters = {{0.3, 0.4}, {0.4, 0.5}, {0.5, 0.6}};
    for (int s = 0; s < 3; s++) {
      float[] kernel = new DefocusBlur(parameters[s][0], parameters[s][1]).kernel();
      int middle = 8 * 17 + 8;
      assertThat((double) kernel[middle]).isCloseTo(expected[s][0], within(1e-6));
      assertThat((double) kernel[middle + 1]).isCloseTo(expected[s][1], within(1e-6));
      assertThat((double) kernel[middle + 17]).isCloseTo(expected[s][1], within(1e-6));
      assertThat((double) kernel[middle + 18]).isCloseTo(expected[s][2], within(1e-6));
    }
    float[] plus = new DefocusBlur(1, 0.2).kernel();
    assertThat((double) plus[8 * 17 + 7]).isCloseTo(0.2, within(1e-5));
  }

  @Test
  void plasmasAreOfAPowerOfTwo() {
    assertThat(List.of(1, 2, 3, 32, 33, 64, 224, 299))
        .map(Plasma::side)
        .containsExactly(2, 2, 4, 32, 64, 64, 256, 512);
    double[] plasma = Plasma.of(32, 2, SampleRandom.of(1, 1));
    assertThat(plasma).hasSize(1024);
    assertThat(Arrays.stream(plasma).min()).hasValue(0);
    assertThat(Arrays.stream(plasma).max()).hasValue(1);
  }

  @Test
  void distancesAreChamferDistances() {
    boolean[] marked = new boolean[49];
    marked[24] = true;
    int[] distances = ChamferDistance.of(marked, 7, 7);
    assertThat(distances[24]).isZero();
    assertThat(distances[25]).isEqualTo(0x10000);
    assertThat(distances[32]).isEqualTo(Math.round(1.4 * 0x10000));
    assertThat(distances[33]).isEqualTo(Math.round(2.1969 * 0x10000));
    assertThat(distances[48]).isEqualTo(3 * distances[32]);
  }

  @Test
  void edgesAreThoseOfASquare() {
    int[] levels = new int[100];
    for (int y = 3; y < 7; y++) {
      for (int x = 3; x < 7; x++) {
        levels[y * 10 + x] = 200;
      }
    }
    boolean[] edges = CannyEdges.of(levels, 10, 10);
    int count = 0;
    for (int y = 0; y < 10; y++) {
      for (int x = 0; x < 10; x++) {
        if (edges[y * 10 + x]) {
          count++;
          assertThat(y).isBetween(2, 7);
          assertThat(x).isBetween(2, 7);
        }
      }
    }
    // A closed line of one pixel's width around the sixteen.
    assertThat(count).isBetween(10, 20);
    assertThat(edges[44]).isFalse();
    assertThat(CannyEdges.of(new int[100], 10, 10)).containsOnly(false);
  }

  @Test
  void frostIsOfTheFirstFivePhotographs(@TempDir Path folder) throws IOException {
    for (int p = 0; p < 6; p++) {
      BufferedImage photograph = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < 60_000; i++) {
        photograph.setRGB(i % 300, i / 300, 0x010101 * (40 * p));
      }
      ImageIO.write(photograph, "png", folder.resolve("frost" + p + ".png").toFile());
    }
    Files.writeString(folder.resolve("readme.txt"), "none of them");
    FrostTextures textures = FrostTextures.Photographs.in(folder);
    Images black = Images.wrap(new ImageShape(3, 32, 32), new float[3072]);
    Set<Integer> seen = new HashSet<>();
    CommonCorruption frost = new CommonCorruption(Corruption.FROST, 5, 32, textures);
    for (int id = 0; id < 60; id++) {
      float[] v = frost.apply(black, new int[] {id}, 1).values();
      seen.add(Math.round(v[0] * 255));
      assertThat(v[3071]).isEqualTo(v[0]);
    }
    // 0.45 times 0, 40, 80, 120, 160, truncated; never that of 200.
    assertThat(seen).containsExactlyInAnyOrder(0, 18, 36, 54, 72);

    CommonCorruption large = new CommonCorruption(Corruption.FROST, 1, 224, textures);
    Images image = TestImages.smooth(224);
    assertThatThrownBy(() -> large.apply(image, new int[] {1}, 1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("too small for images of 224 x 224");
  }

  /// Red grows along rows and green along columns, by less than a level a pixel of the reduced
  /// photographs, so that a part shows where it is from.
  @Test
  void frostIsAPartOfAPhotographOfTheSizeOfTheImages(@TempDir Path folder) throws IOException {
    BufferedImage photograph = new BufferedImage(1000, 1000, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1_000_000; i++) {
      photograph.setRGB(i % 1000, i / 1000, (i % 1000 / 4) << 16 | (i / 1000 / 4) << 8 | 200);
    }
    ImageIO.write(photograph, "png", folder.resolve("frost.png").toFile());
    FrostTextures textures = FrostTextures.Photographs.in(folder);
    for (int side : new int[] {32, 224, 64, 32}) {
      double step = side == 32 ? 1.25 : side == 64 ? 1 / 1.2 : 0.25;
      Planes part = textures.draw(side, side, side, SampleRandom.of(1, 3));
      double red = 255 * part.channel(0)[0];
      double green = 255 * part.channel(1)[0];
      for (int i = 0; i < side * side; i++) {
        int row = i / side;
        assertThat(255 * part.channel(0)[i]).isCloseTo(red + i % side * step, within(1.3));
        assertThat(255 * part.channel(1)[i]).isCloseTo(green + row * step, within(1.3));
        assertThat(255 * part.channel(2)[i]).isCloseTo(200, within(1e-9));
      }
    }
  }

  @Test
  void whatIsNotDefinedIsRefused(@TempDir Path empty) {
    assertThatThrownBy(() -> CommonCorruption.of(Corruption.FOG, 6, 32))
        .hasMessage(
            "severities 1 to 5 are defined for images of [32, 64, 224, 299] pixels, not severity 6"
                + " for 32");
    assertThatThrownBy(() -> CommonCorruption.of(Corruption.FOG, 1, 28))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CommonCorruption.of(Corruption.FROST, 1, 32))
        .hasMessageContaining("frost needs photographs");
    assertThatThrownBy(() -> FrostTextures.Photographs.in(empty))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("has no PNG or JPEG images of frost");
    Images grey = Images.wrap(new ImageShape(1, 32, 32), new float[1024]);
    assertThatThrownBy(
            () -> CommonCorruption.of(Corruption.FOG, 1, 32).apply(grey, new int[] {0}, 1))
        .hasMessage("corruptions are defined for square RGB images, not for 1x32x32");
    assertThatThrownBy(() -> Corruption.parse("rain"))
        .hasMessageContaining("'rain' is no corruption");
  }

  @Test
  void namesAreThePublishedOnes() {
    assertThat(Corruption.benchmark()).hasSize(15);
    assertThat(Corruption.parse("jpeg-compression")).hasToString("jpeg_compression");
    assertThat(Corruption.benchmark())
        .doesNotContain(Corruption.SPATTER, Corruption.PROCEDURAL_FROST);
  }
}
