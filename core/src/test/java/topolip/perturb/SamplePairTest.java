package topolip.perturb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.NpyWriter;
import topolip.dataset.Shapes;
import topolip.dataset.Split;

class SamplePairTest {
  private final Dataset data = Shapes.of(Split.TEST, 0);

  @Test
  void cleanSamplesDoNotDependOnThePerturbation() throws IOException {
    float[] clean = SamplePair.of(data, 30, null, 3).clean(0, 30).values();

    assertThat(SamplePair.of(data, 30, new GaussianNoise(0.1), 3).clean(0, 30).values())
        .isEqualTo(clean);
    assertThat(SamplePair.of(data, 30, new SecondSample(), 3).clean(0, 30).values())
        .isEqualTo(clean);
  }

  @Test
  void piecesMakeUpTheWhole() throws IOException {
    SamplePair pair = SamplePair.of(data, 10, new GaussianNoise(0.1), 3);
    float[] whole = pair.perturbed(0, 10).values();

    assertThat(pair.perturbed(4, 10).values())
        .isEqualTo(Arrays.copyOfRange(whole, 4 * 3072, 10 * 3072));
  }

  @Test
  void corruptionsTakeTheSizeOfTheImages() throws IOException {
    Perturbation fog = Perturbation.parse("corruption:fog:3");
    float[] whole = SamplePair.of(data, 10, fog, 3).perturbed(0, 10).values();
    float[] part = SamplePair.of(data, 10, fog, 3).perturbed(4, 10).values();
    assertThat(part).isEqualTo(Arrays.copyOfRange(whole, 4 * 3072, 10 * 3072));
    assertThat(
            SamplePair.of(data, 10, Perturbation.parse("corruption:fog:3@32"), 3)
                .perturbed(0, 10)
                .values())
        .isEqualTo(whole);
    assertThat(
            SamplePair.of(data, 10, Perturbation.parse("corruption:fog:3@224"), 3)
                .perturbed(0, 10)
                .values())
        .isNotEqualTo(whole);
  }

  @Test
  void corruptionsOfImagesOfOtherSizesNeedOneNamed(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.floats(file, 2L, 3L, 40L, 40L)) {
      writer.write(new float[2 * 4800]);
      writer.finish();
    }
    Dataset large = new DataSource.Npy(file, null).open(Split.TEST, 0);
    assertThatThrownBy(
            () -> SamplePair.of(large, 2, Perturbation.parse("corruption:contrast:1"), 0))
        .hasMessage(
            "there are parameters for images of [32, 64, 224, 299] pixels, not for 3x40x40; choose"
                + " one of them, such as corruption:contrast:1@32");
    assertThat(
            SamplePair.of(large, 2, Perturbation.parse("corruption:contrast:1@32"), 0)
                .perturbed(0, 2)
                .count())
        .isEqualTo(2);
  }

  @Test
  void storedImagesAreFoundByTheirPlaceInTheData(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.floats(file, 2000L, 3L, 32L, 32L)) {
      float[] image = new float[3072];
      for (int i = 0; i < 2000; i++) {
        Arrays.fill(image, i / 2000f);
        writer.write(image);
      }
      writer.finish();
    }
    SamplePair pair = SamplePair.of(data, 2000, new Stored(file), 0);

    assertThat(pair.perturbed(700, 701).values()).containsOnly(700 / 2000f);
  }

  @Test
  void storedImagesOfOtherNumberAreRefused(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.floats(file, 1L, 3L, 32L, 32L)) {
      writer.write(new float[3072]);
      writer.finish();
    }

    assertThatThrownBy(() -> SamplePair.of(data, 5, new Stored(file), 0))
        .hasMessage(file + ": has 1 images of 3x32x32, but the clean data have 2,000 of 3x32x32");
  }

  @Test
  void sampleWithoutPerturbationHasNoCounterpart() throws IOException {
    SamplePair pair = SamplePair.of(data, 5, null, 0);

    assertThatThrownBy(() -> pair.perturbed(0, 1)).isInstanceOf(IllegalStateException.class);
  }
}
