package topolip.perturb.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.dataset.Shapes;
import topolip.dataset.Split;
import topolip.engine.Progress;
import topolip.model.AnalyticModel;

class CorruptionSweepTest {
  private final Dataset data = Shapes.of(Split.TEST, 0);

  /// A model of two classes: which of the first two pixels is larger.
  @Test
  void errorsAreThoseOfEachSeverity() throws IOException {
    AnalyticModel model = new AnalyticModel(data.shape(), 1);
    int[] indices =
        IntStream.range(0, data.size()).filter(i -> data.label(i) < 2).limit(100).toArray();
    CorruptionSweep sweep =
        new CorruptionSweep(
            List.of(Corruption.CONTRAST, Corruption.SNOW),
            32,
            new FrostTextures.Procedural(),
            5,
            2);
    CorruptionErrors errors = sweep.errors(model, data, Progress.NONE, indices);

    for (Corruption corruption : sweep.corruptions()) {
      for (int severity = 1; severity <= 5; severity++) {
        Images images =
            CommonCorruption.of(corruption, severity, 32).apply(data.read(indices), indices, 5);
        int wrong = 0;
        for (int i = 0; i < indices.length; i++) {
          int prediction = images.values()[3072 * i + 1] > images.values()[3072 * i] ? 1 : 0;
          wrong += prediction == data.label(indices[i]) ? 0 : 1;
        }
        assertThat(Objects.requireNonNull(errors.errors().get(corruption)).get(severity - 1))
            .isCloseTo(wrong / 100.0, within(1e-12));
      }
    }
    assertThat(errors.model()).isEqualTo("analytic");
    assertThat(errors.cleanError()).isBetween(0.2, 0.8);
    assertThatThrownBy(() -> sweep.errors(model, data, Progress.NONE))
        .hasMessage("there are no images");
  }
}
