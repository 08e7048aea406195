package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BoundsCommandTest extends ProgramTest {
  private static final JsonMapper JSON = new JsonMapper();

  private int run(String arguments) {
    return run(arguments.split(" ", -1));
  }

  private static final String FIRST = "bounds --theorem 1 --d 64 --heads 4 --sigma 1 --t 12 --s 2";

  /// aR² = 2 · 144, so that log₁₀ of the constant is (576 + ln(4 · 18 · (1 + 864)))/ln 10.
  @Test
  void vacuousConstantIsSaidToBe() {
    assertThat(run(FIRST)).as(err).isZero();
    double log10 = (576 + Math.log(4 * 18 * 865.0)) / Math.log(10);
    assertThat(out)
        .contains("Theorem 1 (reconstructed)", "vacuous", "t > sqrt d", "%.1f".formatted(log10))
        .contains("0.2849", "0.5556")
        .doesNotContain("Infinity");
  }

  @Test
  void jsonHoldsLogarithmsAndNoInfinity() {
    assertThat(run(FIRST.replace("--t 12", "--t 100") + " --json")).as(err).isZero();
    JsonNode result = JSON.readTree(out);
    JsonNode constant = result.at("/constants/0");
    assertThat(constant.get("value").isNull()).isTrue();
    assertThat(constant.get("vacuous").asBoolean()).isTrue();
    assertThat(constant.get("logarithm").asDouble())
        .isCloseTo(40_000 + Math.log(4 * 18 * 60_001.0), within(1e-6));
    assertThat(result.at("/hypotheses").size()).isEqualTo(3);
    assertThat(result.get("provenance").isNull()).isTrue();
  }

  @Test
  void failedHypothesesAreNamed() {
    assertThat(run("bounds --theorem 1 --d 64 --sigma 1 --t 4 --s 1 --a 0.01")).isZero();
    assertThat(out.lines().filter(line -> line.endsWith("NO"))).hasSize(3);
    assertThat(out).contains("0 (nothing is said)");
  }

  @Test
  void folderHoldsResultTableAndFigure() throws IOException {
    Path target = folder.resolve("second");
    String arguments =
        "bounds --theorem 2 --channels-out 16 --channels-in 8 --kernel 5x3 --sigma 0.1 --s 0.2";
    assertThat(run(arguments + " --out " + target)).as(err).isZero();
    double constant = Math.sqrt(15) * (0.1 * (4 + Math.sqrt(8 * 15)) + 0.2);
    assertThat(out).contains("C4", "%.4g".formatted(constant), "result: ");
    JsonNode result = JSON.readTree(Files.readString(target.resolve("result.json")));
    assertThat(result.at("/constants/0/value").asDouble()).isCloseTo(constant, within(1e-12));
    assertThat(result.at("/provenance/options/kernel-width").asDouble()).isEqualTo(3);
    List<String> rows = Files.readAllLines(target.resolve("sweep.csv"));
    assertThat(rows).hasSize(1 + result.get("sweep").size());
    assertThat(Files.readString(target.resolve("figures/constants.svg")))
        .contains("<svg", "channels-in");
    assertThat(target.resolve("figures/constants.png")).isNotEmptyFile();
  }

  @Test
  void wrongParametersAreNamed() {
    for (List<String> wrong :
        List.of(
            List.of("bounds --theorem 3", "--theorem is 1 or 2: 3"),
            List.of("bounds --theorem 1 --d 4", "theorem 1 needs --sigma"),
            List.of("bounds --theorem 1 --sigma 1 --t 3 --s 2", "theorem 1 needs --d"),
            List.of(FIRST + " --kernel 3", "--kernel is not of theorem 1"),
            List.of(FIRST + " --force", "--force goes with --out"),
            List.of(FIRST + " --a -1", "a cannot be -1.0"),
            List.of(
                "bounds --theorem 2 --channels-in 2 --channels-out 2 --sigma 1 --s 2 --kernel x",
                "--kernel is no size such as 3x3: x"))) {
      assertThat(run(wrong.getFirst())).isEqualTo(2);
      assertThat(err.strip()).contains(wrong.getLast()).doesNotContain("\n");
    }
  }
}
