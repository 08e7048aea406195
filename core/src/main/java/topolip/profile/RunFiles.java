package topolip.profile;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import topolip.homology.PersistenceDiagram;

/// The files of a run: `result.json`, `layers.csv`, `diagrams.csv`, and `measures.csv` if layers
/// were measured besides.
///
/// Numbers are written as the shortest decimal that reads back as the same double.
public final class RunFiles {
  public static final String RESULT = "result.json";
  public static final String LAYERS = "layers.csv";
  public static final String DIAGRAMS = "diagrams.csv";
  public static final String MEASURES = "measures.csv";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private RunFiles() {}

  /// Writes them into `folder`.
  ///
  /// @param measurements of the result's models, in their order
  public static void write(Path folder, RunResult result, List<Measurement> measurements)
      throws IOException {
    Files.writeString(folder.resolve(RESULT), JSON.writeValueAsString(result) + "\n");
    LayersCsv.write(folder.resolve(LAYERS), result.models());
    writeMeasures(folder.resolve(MEASURES), result.models());
    try (CsvWriter csv = CsvWriter.builder().build(folder.resolve(DIAGRAMS))) {
      csv.writeRecord("model", "layer", "degree", "birth", "death");
      for (int m = 0; m < measurements.size(); m++) {
        writeDiagrams(csv, result.models().get(m), measurements.get(m));
      }
    }
  }

  /// Reads the `result.json` of a run.
  ///
  /// @throws IOException if it is missing, is no result, or has another schema version
  public static RunResult read(Path folder) throws IOException {
    Path file = folder.resolve(RESULT);
    if (!Files.isRegularFile(file)) {
      throw new IOException(folder + " is no run: it has no " + RESULT);
    }
    try {
      RunResult result = JSON.readValue(Files.readString(file), RunResult.class);
      if (result.schemaVersion() != RunResult.SCHEMA_VERSION) {
        throw new IOException(
            "%s: schema version %d, but this program reads %d"
                .formatted(file, result.schemaVersion(), RunResult.SCHEMA_VERSION));
      }
      return result;
    } catch (JacksonException e) {
      throw new IOException(file + ": not a result: " + e.getOriginalMessage(), e);
    }
  }

  /// One row a model, measure and layer; no file if nothing was measured besides.
  private static void writeMeasures(Path file, List<ModelProfile> models) throws IOException {
    if (models.stream().allMatch(model -> model.measures().isEmpty())) {
      return;
    }
    try (CsvWriter csv = CsvWriter.builder().build(file)) {
      csv.writeRecord("model", "measure", "layer", "name", "value");
      for (ModelProfile model : models) {
        model
            .measures()
            .forEach((measure, values) -> {
              for (int l = 0; l < values.size(); l++) {
                ModelProfile.Layer layer = model.layers().get(l);
                Double value = values.get(l);
                csv.writeRecord(
                    model.name(),
                    measure,
                    Integer.toString(layer.index()),
                    layer.name(),
                    value == null ? "" : value.toString());
              }
            });
      }
    }
  }

  private static void writeDiagrams(CsvWriter csv, ModelProfile model, Measurement measurement) {
    for (int l = 0; l < measurement.diagrams().size(); l++) {
      String layer = Integer.toString(model.layers().get(l).index());
      for (PersistenceDiagram diagram : measurement.diagrams().get(l)) {
        for (int i = 0; i < diagram.size(); i++) {
          csv.writeRecord(
              model.name(),
              layer,
              Integer.toString(diagram.degree()),
              Double.toString(diagram.birth(i)),
              diagram.isEssential(i) ? "inf" : Double.toString(diagram.death(i)));
        }
      }
    }
  }
}
