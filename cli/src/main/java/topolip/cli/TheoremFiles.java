package topolip.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import topolip.report.ConstantFigure;

/// The files of `topolip bounds --theorem`.
final class TheoremFiles {
  private TheoremFiles() {}

  /// `result.json`, `sweep.csv`, and the figure of the constants.
  static void write(Path folder, TheoremResult result) throws IOException {
    ResultFile.write(folder, result);
    writeSweep(folder, result);
    ConstantFigure.write(
        folder,
        "Theorem %d: how the constant moves with each parameter".formatted(result.theorem()),
        points(result));
  }

  private static void writeSweep(Path folder, TheoremResult result) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("sweep.csv"))) {
      csv.writeRecord(
          "parameter",
          "value",
          "hypotheses",
          "bound",
          "log10",
          "vacuous",
          "printed",
          "union",
          "independent");
      for (TheoremResult.Moved moved : result.sweep()) {
        for (TheoremResult.Constant constant : moved.constants()) {
          csv.writeRecord(
              moved.parameter(),
              Double.toString(moved.value()),
              Boolean.toString(moved.hypotheses()),
              constant.source(),
              constant.log10() == null ? "" : Double.toString(constant.log10()),
              Boolean.toString(constant.vacuous()),
              Double.toString(moved.probability().printed()),
              Double.toString(moved.probability().union()),
              Double.toString(moved.probability().independent()));
        }
      }
    }
  }

  /// What does not move or is 0 has no place on a logarithmic axis.
  private static List<ConstantFigure.Point> points(TheoremResult result) {
    return result.sweep().stream()
        .filter(moved -> moved.value() > 0)
        .flatMap(moved ->
            moved.constants().stream()
                .map(constant ->
                    new ConstantFigure.Point(
                        moved.parameter(),
                        moved.value(),
                        constant.source(),
                        constant.log10(),
                        moved.hypotheses())))
        .toList();
  }
}
