package topolip.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.report.BoundsFigure;

/// The files of `topolip bounds MODEL`.
final class BoundsFiles {
  private BoundsFiles() {}

  /// `result.json`, `bounds.csv`, and the figure.
  static void write(Path folder, BoundsResult result) throws IOException {
    ResultFile.write(folder, result);
    writeTable(folder, result.models());
    writeFigure(folder, result.models());
  }

  /// `bounds.csv`: one row a model and layer. Constants are logarithms to base 10, empty where they
  /// are infinite or undefined.
  private static void writeTable(Path folder, List<BoundsResult.OfModel> models)
      throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve("bounds.csv"))) {
      csv.writeRecord(
          "model",
          "index",
          "layer",
          "log10_bound",
          "log10_bound_on_sample",
          "log10_found",
          "log10_tightness",
          "log10_block",
          "log10_block_on_sample",
          "log10_block_found",
          "log10_block_tightness",
          "jacobian_max",
          "jacobian_mean",
          "wasserstein",
          "wasserstein_quotient",
          "drift",
          "gain",
          "unbounded",
          "untapped");
      for (BoundsResult.OfModel model : models) {
        for (BoundsResult.Layer layer : model.layers()) {
          csv.writeRecord(
              model.name(),
              Integer.toString(layer.index()),
              layer.name(),
              log10(layer.bound()),
              log10(layer.boundOnSample()),
              log10(layer.found()),
              text(layer.tightness()),
              log10(layer.block()),
              log10(layer.blockOnSample()),
              log10(layer.foundInBlock()),
              text(layer.blockTightness()),
              layer.jacobian() == null ? "" : text(layer.jacobian().value()),
              text(layer.meanJacobian()),
              text(layer.change().wasserstein()),
              text(layer.change().wassersteinQuotient()),
              text(layer.change().drift()),
              text(layer.change().gain()),
              layer.unbounded() == null ? "" : layer.unbounded(),
              String.join(" ", layer.untapped()));
        }
      }
    }
  }

  private static String log10(BoundsResult.@Nullable Constant number) {
    return number == null ? "" : text(number.log10());
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : Double.toString(value);
  }

  /// `figures/bounds.svg` and `.png`: bound against found, layer by layer.
  private static void writeFigure(Path folder, List<BoundsResult.OfModel> models)
      throws IOException {
    List<BoundsFigure.Point> points = new ArrayList<>();
    for (BoundsResult.OfModel model : models) {
      for (int l = 0; l < model.layers().size(); l++) {
        BoundsResult.Layer layer = model.layers().get(l);
        add(points, model, l, "bound, all images", layer.bound());
        add(points, model, l, "bound of the Jacobian, sample", layer.boundOnSample());
        add(points, model, l, "found", layer.found());
      }
    }
    BoundsFigure.write(folder, points);
  }

  private static void add(
      List<BoundsFigure.Point> points,
      BoundsResult.OfModel model,
      int place,
      String series,
      BoundsResult.@Nullable Constant number) {
    points.add(
        new BoundsFigure.Point(
            model.name(), place, series, number == null ? null : number.log10()));
  }
}
