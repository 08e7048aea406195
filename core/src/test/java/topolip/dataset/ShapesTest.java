package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShapesTest {
  private static final int VALUES = 3 * 32 * 32;
  private static final Integer[] LABELS = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

  private final Dataset train = Shapes.of(Split.TRAIN, 0);
  private final Dataset test = Shapes.of(Split.TEST, 0);

  @Test
  void tenNamedClassesOfSmallColourImages() {
    assertThat(test.shape()).isEqualTo(new ImageShape(3, 32, 32));
    assertThat(test.classNames())
        .containsExactly(
            "plain disc",
            "striped disc",
            "striped star",
            "checkered star",
            "checkered square",
            "dotted square",
            "dotted cross",
            "hollow cross",
            "hollow triangle",
            "plain triangle");
    assertThat(test.name()).isEqualTo("shapes test, seed 0");
    assertThat(train.name()).isEqualTo("shapes train, seed 0");
  }

  @Test
  void everyRunOfTenImagesHasEveryClassOnce() {
    assertThat(train.size()).isEqualTo(10_000);
    assertThat(test.size()).isEqualTo(2_000);
    for (Dataset data : List.of(train, test)) {
      for (int start = 0; start < data.size(); start += 10) {
        assertThat(IntStream.range(start, start + 10).map(data::label)).containsOnlyOnce(LABELS);
      }
    }
  }

  /// Guards against accidental change: the networks shipped with the project know these images.
  @Test
  void firstImagesAreTheSameForEver() throws IOException {
    assertThat(digest(train.read(IntStream.range(0, 20).toArray())))
        .isEqualTo("e0073568ffa473e099845f7b01ed7a494350d9fd903263a63f3a25182a9fca4a");
    assertThat(digest(test.read(IntStream.range(0, 20).toArray())))
        .isEqualTo("62d2fddc7d53cdfbcbfd3630ac3f3d9046efc399d1164a0f47aa75a756f2e2e1");
  }

  @Test
  void allTestImagesAreTheSameForEver() throws IOException {
    assertThat(digest(test.read(IntStream.range(0, 2000).toArray())))
        .isEqualTo("0fe9c74de46c8b1e7c1a53bcb55a9650b8be3d206d3857ec7f50752353ae3fe6");
  }

  @Test
  void digestTellsSplitsAndSeedsApart() throws IOException {
    assertThat(test.sha256()).isEqualTo(Shapes.of(Split.TEST, 0).sha256()).hasSize(64);
    assertThat(test.sha256()).isNotEqualTo(Shapes.of(Split.TEST, 1).sha256());
    assertThat(test.sha256()).isNotEqualTo(train.sha256());
  }

  @Test
  void anImageDependsNeitherOnOrderNorOnThreads() throws IOException {
    float[] inOrder = test.read(IntStream.range(0, 200).toArray()).values();
    float[] inParallel = new float[inOrder.length];
    IntStream.range(0, 200)
        .map(i -> 199 - i)
        .parallel()
        .forEach(i -> ((Shapes) Shapes.of(Split.TEST, 0)).read(i, inParallel, i * VALUES));
    assertThat(inParallel).isEqualTo(inOrder);
  }

  @Test
  void noImageOccursTwiceInASplitOrInBoth() throws IOException {
    Set<String> seen = new HashSet<>();
    for (Dataset data : List.of(train, test, Shapes.of(Split.TEST, 1))) {
      for (int i = 0; i < 1000; i++) {
        seen.add(digest(data.read(i)));
      }
    }
    assertThat(seen).hasSize(3000);
  }

  @Test
  void noTwoImagesOfASeedStartAtTheSameState() {
    for (long seed : new long[] {0, -1, 42, Long.MIN_VALUE}) {
      Set<Long> starts = new HashSet<>();
      for (int i = 0; i < 10_000; i++) {
        starts.add(ShapeRandom.start(seed, Split.TRAIN, i));
        starts.add(ShapeRandom.start(seed, Split.TEST, i));
      }
      assertThat(starts).hasSize(20_000);
    }
  }

  @Test
  void valuesLieInTheUnitIntervalAndUseIt() throws IOException {
    float[] values = test.read(IntStream.range(0, 1000).toArray()).values();
    int ends = 0;
    double sum = 0;
    for (float value : values) {
      assertThat(value >= 0 && value <= 1).isTrue();
      ends += value == 0 || value == 1 ? 1 : 0;
      sum += value;
    }
    assertThat(ends / (double) values.length).isBetween(0.001, 0.1);
    assertThat(sum / values.length).isBetween(0.3, 0.5);
  }

  @Test
  void readWritesOneImageAndNothingElse() throws IOException {
    float[] target = new float[VALUES + 7];
    Arrays.fill(target, -1);
    test.read(3, target, 4);
    assertThat(Arrays.copyOfRange(target, 4, VALUES + 4)).isEqualTo(test.read(3).values());
    assertThat(target).startsWith(-1, -1, -1, -1).endsWith(-1, -1, -1);
  }

  @Test
  void readRefusesWhatIsOutside() {
    float[] target = new float[VALUES];
    assertThatThrownBy(() -> test.read(2000, target, 0))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("2000");
    assertThatThrownBy(() -> test.label(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> test.read(0, target, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(target).containsOnly(0);
  }

  /// Place, rotation and colours vary so much that the images of a class average to a plain grey.
  @Test
  void noTemplateFitsAClass() throws IOException {
    for (int label = 0; label < 10; label++) {
      int first = label;
      float[] values =
          train.read(IntStream.range(0, 500).map(i -> 10 * i + first).toArray()).values();
      double[] mean = new double[VALUES];
      for (int i = 0; i < values.length; i++) {
        mean[i % VALUES] += values[i] / 500.0;
      }
      double square = 0;
      for (int i = 0; i < values.length; i++) {
        square += Math.pow(values[i] - mean[i % VALUES], 2) / values.length;
      }
      double lowest = Arrays.stream(mean).min().orElseThrow();
      double highest = Arrays.stream(mean).max().orElseThrow();
      assertThat(highest - lowest).isLessThan(0.35);
      assertThat(Math.sqrt(square)).isGreaterThan(0.2);
    }
  }

  @Test
  void brightnessAndNoiseDifferFromImageToImage() throws IOException {
    double[] brightness = new double[1000];
    double[] roughness = new double[1000];
    for (int i = 0; i < 1000; i++) {
      float[] image = train.read(i).values();
      brightness[i] = mean(image);
      roughness[i] = roughness(image);
    }
    assertThat(deviation(brightness)).isGreaterThan(0.1);
    Arrays.sort(roughness);
    assertThat(roughness[950] / roughness[50]).isGreaterThan(3);
  }

  @Test
  void noiseIsNormalWithTheGivenDeviation() {
    double[] noise = new double[200_000];
    ShapeRandom.of(5, Split.TRAIN, 0).addNoise(noise, 0.5);
    double within1 = Arrays.stream(noise).filter(v -> Math.abs(v) < 0.5).count() / 2e5;
    double within2 = Arrays.stream(noise).filter(v -> Math.abs(v) < 1).count() / 2e5;
    assertThat(Arrays.stream(noise).average().orElseThrow()).isCloseTo(0, within(0.005));
    assertThat(deviation(noise)).isCloseTo(0.5, within(0.005));
    assertThat(within1).isCloseTo(0.6827, within(0.005));
    assertThat(within2).isCloseTo(0.9545, within(0.003));
  }

  private static double mean(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  /// The median along the top edge of how far a pixel is from the mean of its two neighbours.
  private static double roughness(float[] image) {
    double[] steps = new double[30];
    for (int column = 1; column < 31; column++) {
      steps[column - 1] = Math.abs(image[column] - (image[column - 1] + image[column + 1]) / 2.0);
    }
    Arrays.sort(steps);
    return steps[15];
  }

  private static double deviation(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Math.sqrt(
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
  }

  private static String digest(Images images) {
    float[] values = images.values();
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
