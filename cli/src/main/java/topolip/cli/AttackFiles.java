package topolip.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import topolip.dataset.ImageShape;
import topolip.dataset.NpyWriter;
import topolip.engine.Progress;
import topolip.model.Accuracy;
import topolip.perturb.attack.AccuracyCurve;
import topolip.perturb.attack.AttackedPoint;
import topolip.report.AccuracyFigures;

/// The tables and images of `topolip attack`.
final class AttackFiles {
  private AttackFiles() {}

  /// `examples.csv`: one row an attack and image; `worst case` comes last.
  static void writeExamples(Path folder, Map<String, List<AttackedPoint>> attacks)
      throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("examples.csv"))) {
      csv.writeRecord(
          "attack",
          "image",
          "label",
          "outcome",
          "prediction",
          "distance",
          "queries",
          "gradients",
          "found_by");
      attacks.forEach((attack, points) -> {
        for (AttackedPoint point : points) {
          csv.writeRecord(
              attack,
              Integer.toString(point.id()),
              Integer.toString(point.label()),
              point.outcome().name().toLowerCase(Locale.ROOT),
              Integer.toString(point.prediction()),
              Double.toString(point.distance()),
              Long.toString(point.queries()),
              Long.toString(point.gradients()),
              point.attack());
        }
      });
    }
  }

  /// `curve.csv`, one row an attack and radius, and a figure of it; nothing if there are no curves.
  static void writeCurves(
      Path folder, String model, Map<String, AccuracyCurve> curves, Progress progress)
      throws IOException {
    if (curves.isEmpty()) {
      return;
    }
    Map<String, List<AccuracyFigures.AtRadius>> lines = new LinkedHashMap<>();
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("curve.csv"))) {
      csv.writeRecord("attack", "eps", "accuracy", "low", "high", "correct", "total");
      curves.forEach((attack, curve) -> {
        for (AccuracyCurve.Value value : curve.values()) {
          Accuracy accuracy = value.accuracy();
          csv.writeRecord(
              attack,
              Double.toString(value.eps()),
              Double.toString(accuracy.share()),
              Double.toString(accuracy.low()),
              Double.toString(accuracy.high()),
              Integer.toString(accuracy.correct()),
              Integer.toString(accuracy.total()));
          lines
              .computeIfAbsent(attack, _ -> new ArrayList<>())
              .add(new AccuracyFigures.AtRadius(value.eps(), accuracy));
        }
      });
    }
    String norm = curves.values().iterator().next().norm().toString();
    AccuracyFigures.curves(folder, model, norm, lines, progress);
  }

  /// `adversarial.npy`, `(N, C, H, W)`, and `labels.npy`: what `--data npy:` reads.
  static void writeImages(Path folder, ImageShape shape, List<AttackedPoint> points)
      throws IOException {
    try (NpyWriter images =
            NpyWriter.floats(
                folder.resolve("adversarial.npy"),
                (long) points.size(),
                (long) shape.channels(),
                (long) shape.height(),
                (long) shape.width());
        NpyWriter labels = NpyWriter.longs(folder.resolve("labels.npy"), (long) points.size())) {
      for (AttackedPoint point : points) {
        images.write(point.image());
        labels.writeLongs(point.label());
      }
      images.finish();
      labels.finish();
    }
  }
}
