package topolip.profile;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import topolip.profile.Series.Estimate;
import topolip.profile.Series.Estimates;
import topolip.profile.Stability.Proved;

/// `layers.csv`: one row a model, layer and degree.
///
/// The row of layer l has the distance of index l and the rate from it to the next one; cells are
/// empty where a series has ended or a value is undefined.
final class LayersCsv {
  private static final List<String> SERIES = List.of("distance", "rate", "cumulative", "quotient");
  private static final Estimate NONE = new Estimate(null, null, null);

  private LayersCsv() {}

  static void write(Path file, List<ModelProfile> models) throws IOException {
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      csv.writeRecord(header());
      for (ModelProfile model : models) {
        for (int l = 0; l < model.layers().size(); l++) {
          for (var degree : model.degrees().entrySet()) {
            csv.writeRecord(row(model, l, degree.getKey(), degree.getValue()));
          }
        }
      }
    }
  }

  private static List<String> header() {
    List<String> header =
        new ArrayList<>(
            List.of(
                "model",
                "layer",
                "name",
                "kind",
                "shape",
                "scale",
                "perturbed_scale",
                "displacement",
                "lipschitz_log10",
                "degree",
                "bottleneck"));
    for (String prefix : List.of("", "scale_free_")) {
      for (String series : SERIES) {
        for (String suffix : List.of("", "_low", "_high")) {
          header.add(prefix + series + suffix);
        }
      }
    }
    return header;
  }

  private static List<String> row(
      ModelProfile model, int index, String degree, ModelProfile.DegreeProfile profile) {
    ModelProfile.Layer layer = model.layers().get(index);
    List<String> row = new ArrayList<>();
    row.add(model.name());
    row.add(Integer.toString(layer.index()));
    row.add(layer.name());
    row.add(layer.kind());
    row.add(layer.shape().stream().map(String::valueOf).collect(Collectors.joining("x")));
    row.add(Double.toString(layer.scale()));
    row.add(cell(layer.perturbedScale()));
    Stability stability = layer.stability();
    @Nullable Proved proved = stability == null ? null : stability.proved();
    row.add(cell(stability == null ? null : (Double) stability.displacement()));
    row.add(cell(proved == null ? null : proved.constantLog10()));
    row.add(degree);
    row.add(cell(stability == null ? null : bottleneck(model, degree, stability)));
    for (Series series : List.of(profile.raw(), profile.scaleFree())) {
      addCells(row, series.distance(), index);
      addCells(row, series.rate(), index);
      addCells(row, series.cumulative(), index);
      addCells(row, series.quotient(), index);
    }
    return row;
  }

  /// Of a degree; the union of degrees has none.
  private static @Nullable Double bottleneck(
      ModelProfile model, String degree, Stability stability) {
    int place = List.copyOf(model.degrees().keySet()).indexOf(degree);
    return place < stability.bottleneck().size() ? stability.bottleneck().get(place) : null;
  }

  private static void addCells(List<String> row, @Nullable Estimates estimates, int index) {
    Estimate estimate = estimates != null && index < estimates.size() ? estimates.get(index) : NONE;
    row.add(cell(estimate.value()));
    row.add(cell(estimate.low()));
    row.add(cell(estimate.high()));
  }

  private static String cell(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }
}
