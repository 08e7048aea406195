package topolip.perturb.corruption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RobustBench's accuracies by corruption and severity, and its mCE of the same models.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class CorruptionErrorsSharedDataTest {

  private static CorruptionErrors errors(String model) throws IOException {
    Path file =
        Path.of(
            System.getProperty("topolip.shared"),
            "reference/robustbench_imagenet_c_unaggregated.csv");
    List<CsvRecord> rows = new ArrayList<>();
    try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(file)) {
      csv.forEach(rows::add);
    }
    CsvRecord row =
        rows.stream().filter(r -> r.getField(0).equals(model)).findFirst().orElseThrow();
    Map<Corruption, List<Double>> errors = new TreeMap<>();
    for (int i = 1; i < row.getFieldCount(); i++) {
      Corruption corruption = Corruption.parse(rows.getFirst().getField(i));
      List<Double> severities = errors.computeIfAbsent(corruption, _ -> new ArrayList<>());
      assertThat(rows.get(1).getField(i)).isEqualTo(String.valueOf(severities.size() + 1));
      severities.add(1 - Double.parseDouble(row.getField(i)));
    }
    return new CorruptionErrors(model, null, errors);
  }

  @ParameterizedTest
  @CsvSource({
    "Standard_R50, 76.38, .3948",
    "Tian2022Deeper_DeiT-S, 47.61, .6291",
    "Tian2022Deeper_DeiT-B, 41.70, .6755",
    "Hendrycks2020AugMix, 64.17, .4933",
    "Salman2020Do_50_2_Linf, 80.00, .3609"
  })
  void theMeanErrorsAreThoseOfRobustBench(String model, double mce, double accuracy)
      throws IOException {
    CorruptionBaseline alexNet = CorruptionBaseline.of(errors("AlexNet"));
    assertThat(100 * errors(model).mce(alexNet)).isCloseTo(mce, within(0.005));
    assertThat(1 - errors(model).mean()).isCloseTo(accuracy, within(5e-5));
  }

  /// 5,000 images against all 50,000.
  @Test
  void theTwoDenominatorsOfAlexNetAreNear() throws IOException {
    CorruptionErrors few = errors("AlexNet");
    for (Corruption corruption : Corruption.benchmark()) {
      assertThat(few.error(corruption, CorruptionBaseline.alexNet())).isCloseTo(1, within(0.02));
    }
  }
}
