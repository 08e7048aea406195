package topolip.perturb.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topolip.dataset.Images;

/// Corruptions equal those of an independent program: exactly where nothing is random.
class CorruptionReferenceTest {

  private static List<NamedCsvRecord> rows(String name) throws IOException {
    InputStream in =
        Objects.requireNonNull(
            CorruptionReferenceTest.class.getResourceAsStream("/topolip/perturb/" + name));
    List<NamedCsvRecord> rows = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder()
            .commentStrategy(CommentStrategy.SKIP)
            .ofNamedCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      csv.forEach(rows::add);
    }
    return rows;
  }

  private static byte[] bytes(Images images) {
    int plane = images.shape().height() * images.shape().width();
    byte[] bytes = new byte[3 * plane];
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < 3; c++) {
        bytes[3 * i + c] = (byte) Math.round(images.values()[c * plane + i] * 255);
      }
    }
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> withoutRandomnessEveryByteIsTheSame() throws IOException {
    return rows("corruptions.csv").stream()
        .map(row -> {
          int size = Integer.parseInt(row.getField("size"));
          Corruption corruption = Corruption.parse(row.getField("corruption"));
          int severity = Integer.parseInt(row.getField("severity"));
          return DynamicTest.dynamicTest(
              "%s %d at %d".formatted(corruption, severity, size),
              () -> {
                byte[] bytes =
                    bytes(
                        CommonCorruption.of(corruption, severity, size)
                            .apply(TestImages.harsh(size), new int[] {0}, 1));
                int from = 3 * (size / 2 * size + size / 2 - 2);
                String middle =
                    String.join(
                        " ",
                        IntStream.range(from, from + 12)
                            .mapToObj(i -> String.valueOf(bytes[i] & 0xff))
                            .toList());
                assertThat(middle).isEqualTo(row.getField("middle"));
                assertThat(sha256(bytes)).isEqualTo(row.getField("sha256"));
              });
        });
  }

  /// From NumPy: angle, and digest of the harsh image of 32 pixels with radius 8 and σ 3.
  @ParameterizedTest
  @CsvSource({
    "-45, e9f97cf8b4057a988011c53e3238c34e6d690050b78860a572da13ce5d2660e8",
    "-20, ea0d3aae2cfddfb8fb8f242e7b5eda01f1a4f69e156d35e84866570c8a35e4fc",
    "0, 1cdd07ddd010281be00c53893e21154330b1344f5beeaa390184dff662fbc6e5",
    "13, 97a5042c2e75660c20f478053ed54baf2c673444288ddbd39411753a1d854773",
    "45, e06a21d468b180238649d54091e3511d4682da050731ca4cb48b168b6beacf7c",
    "-90, 1cc999fe2664ddf17a99c2869c34867ad788a0f2e2f3c07eec64644534366440",
    "-120, dceed59bb39ac17bb5ff070a40296fb1b3fb6846fa977d019401c642c96d1fd2"
  })
  void motionAlongAnAngleIsTheSame(double angle, String sha256) {
    Images image = TestImages.harsh(32);
    Planes planes = Planes.of(image.values(), 0, 3, 32, 32);
    float[] values = new float[image.values().length];
    planes.map(plane -> new MotionBlur(8, 3).of(plane, 32, 32, angle)).write(values, 0);
    assertThat(sha256(bytes(Images.wrap(image.shape(), values)))).isEqualTo(sha256);
  }

  /// From OpenCV 4.9.0, the wide ones from 4.6.0: Canny, distanceTransform, threshold, blur,
  /// equalizeHist, filter2D and blur.
  @ParameterizedTest
  @CsvSource({
    "32, 2.3, 3.1, 7, bfa60953807d98a689e3a25e3cce89be7498992338f33387e97ad343eb4c028b",
    "64, 2.3, 3.1, 7, 503e354fbfebccba616da1674ebab9ac38e51ec5a08ea1cfc2fac7754a1f65b2",
    "32, 9.3, 7.1, 70, 7d9182bef973d7258ec0206ba1ae8569052dcecbbab336dff717c9a2285f9e3b",
    "64, 9.3, 7.1, 70, 90abcd62e8cdf26dd09e813d759d1861a37a9af4c814da369a7428f1ce10cb4a",
    "224, 9.3, 7.1, 70, ed734141773439a85bac3ab57e232e7e80551f71e47a6ff08a140c824a62e47f"
  })
  void lightOnDropsIsTheSame(int size, double a, double b, double c, String sha256) {
    int[] drops = new int[size * size];
    for (int y = 0; y < size; y++) {
      for (int x = 0; x < size; x++) {
        double level = 165 + 40 * Math.sin(x / a) * Math.cos(y / b) + 10 * Math.sin(x * y / c);
        drops[y * size + x] = level < 178 ? 0 : (int) level;
      }
    }
    int[] relief = DropRelief.of(drops, size, size);
    byte[] bytes = new byte[relief.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) relief[i];
    }
    assertThat(sha256(bytes)).isEqualTo(sha256);
  }

  private static final int DRAWS = 400;

  @TestFactory
  Stream<DynamicTest> randomOnesAreTheSameInDistribution() throws IOException {
    return rows("random_corruptions.csv").stream()
        .map(row -> {
          Corruption corruption = Corruption.parse(row.getField("corruption"));
          int severity = Integer.parseInt(row.getField("severity"));
          return DynamicTest.dynamicTest(
              corruption + " " + severity,
              () -> {
                double[] sums = statistics(CommonCorruption.of(corruption, severity, 32));
                String[] names = {"mean", "deviation", "change", "slope"};
                for (int k = 0; k < names.length; k++) {
                  double expected = Double.parseDouble(row.getField(names[k]));
                  double error = Double.parseDouble(row.getField(names[k] + "_error"));
                  // Both are means of 400 draws: five standard errors of their difference, and the
                  // digits of the file.
                  assertThat(sums[k] / DRAWS)
                      .as(names[k])
                      .isCloseTo(expected, within(5 * Math.sqrt(2) * error + 5e-4));
                }
              });
        });
  }

  private static double[] statistics(CommonCorruption corruption) throws IOException {
    Images clean = TestImages.smooth(32);
    double[] sums = new double[4];
    for (int draw = 0; draw < DRAWS; draw++) {
      float[] v = corruption.apply(clean, new int[] {draw}, 77).values();
      double mean = 0;
      double squares = 0;
      double change = 0;
      double slope = 0;
      for (int i = 0; i < v.length; i++) {
        double level = Math.rint(v[i] * 255);
        mean += level / v.length;
        squares += level * level / v.length;
        change += Math.abs(level - Math.rint(clean.values()[i] * 255)) / v.length;
        if (i % 32 > 0) {
          slope += Math.abs(level - Math.rint(v[i - 1] * 255)) / (v.length / 32.0 * 31);
        }
      }
      sums[0] += mean;
      sums[1] += Math.sqrt(squares - mean * mean);
      sums[2] += change;
      sums[3] += slope;
    }
    return sums;
  }
}
