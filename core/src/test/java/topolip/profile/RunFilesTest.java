package topolip.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.diagram.GroundNorm;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.geometry.PointCloud;
import topolip.model.Accuracy;
import topolip.profile.NetworkProfiler.Profiled;

class RunFilesTest {
  @TempDir Path folder;
  private RunResult result = run(Protocol.ADJACENT, List.of());
  private final List<Profiled> networks = new ArrayList<>();

  @BeforeEach
  void measure() throws IOException {
    networks.add(network("attention, \"small\"", Protocol.PAIRED, 1));
    networks.add(network("convolution", Protocol.PAIRED, 2));
    result = run(Protocol.PAIRED, networks);
    RunFiles.write(folder, result, networks.stream().map(Profiled::measurement).toList());
  }

  private static Profiled network(String name, Protocol protocol, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    List<LayerClouds> layers = new ArrayList<>();
    for (int l = 0; l < 3; l++) {
      double[][][] points = new double[2][20][2];
      for (double[][] cloud : points) {
        for (double[] point : cloud) {
          point[0] = random.nextDouble();
          point[1] = random.nextDouble();
        }
      }
      layers.add(
          new LayerClouds(
              2 * l,
              "layer" + l,
              "Add",
              List.of(2),
              PointCloud.of(points[0]),
              protocol == Protocol.PAIRED ? PointCloud.of(points[1]) : null));
    }
    ProfileOptions options =
        new ProfileOptions(
            protocol,
            List.of(0, 1),
            1,
            GroundNorm.L_INFINITY,
            4,
            0.8,
            0,
            Set.of(LayerMeasure.CKA, LayerMeasure.EFFECTIVE_RANK, LayerMeasure.ENTROPY));
    try (LocalEngine engine = new LocalEngine(2)) {
      Measurement m = new Profiler(options, engine, Progress.NONE).measure(name, layers);
      return new Profiled(
          new ModelProfile(
              name,
              123L,
              Accuracy.of(9, 10),
              Accuracy.of(8, 10),
              Accuracy.of(5, 10),
              List.of(
                  new ModelProfile.Under("pgd:2/255:20", Accuracy.of(8, 10), Accuracy.of(3, 10))),
              m.layers(),
              m.degrees(),
              m.measures(),
              List.of("a note")),
          m);
    }
  }

  private static RunResult run(Protocol protocol, List<Profiled> networks) {
    String hash = "0123456789abcdef".repeat(4);
    Provenance provenance =
        new Provenance(
            "0.1.0",
            null,
            "topolip measure",
            Map.of("protocol", protocol, "degrees", List.of(0, 1)),
            7,
            new Provenance.Data("shapes", "test", hash, 2000, 20),
            Map.of("convolution", hash),
            Map.of("noisy.npy", hash),
            "JVM 25",
            "Linux",
            "2026-01-01T00:00:00Z",
            1.5);
    return RunResult.of(provenance, networks);
  }

  @Test
  void resultSatisfiesItsSchema() throws IOException {
    assertThat(errors(Files.readString(folder.resolve("result.json")))).isEmpty();
  }

  @Test
  void schemaRefusesWhatIsNoResult() throws IOException {
    String json = Files.readString(folder.resolve("result.json"));

    assertThat(errors(json.replaceFirst("\"seed\" : 7", "\"seed\" : \"7\""))).isNotEmpty();
    assertThat(errors(json.replaceFirst("\"rate\"", "\"rates\""))).isNotEmpty();
    assertThat(errors(json.replaceFirst("\"schemaVersion\" : 1", "\"schemaVersion\" : 2")))
        .isNotEmpty();
  }

  private static List<Error> errors(String json) throws IOException {
    try (InputStream in = RunFiles.class.getResourceAsStream("result.schema.json")) {
      Schema schema =
          SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
              .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      return schema.validate(json, InputFormat.JSON);
    }
  }

  @Test
  void resultReadsBackAsItWas() throws IOException {
    RunResult read = RunFiles.read(folder);

    assertThat(read.models()).isEqualTo(result.models());
    assertThat(read.comparisons()).isEqualTo(result.comparisons()).hasSize(3);
  }

  @Test
  void layersHaveARowPerModelLayerAndDegree() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("layers.csv"));

    assertThat(lines).hasSize(1 + 2 * 3 * 3);
    assertThat(lines.getFirst())
        .startsWith(
            "model,layer,name,kind,shape,scale,perturbed_scale,displacement,lipschitz_log10,"
                + "degree,bottleneck,distance,distance_low")
        .endsWith("scale_free_quotient_high");
    assertThat(lines.get(1)).startsWith("\"attention, \"\"small\"\"\",0,layer0,Add,2,");
  }

  /// Every cell against the record it was written from, found by the names of the columns.
  @Test
  void layersHoldTheNumbersOfTheResult() throws IOException {
    int cells = 0;
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(folder.resolve("layers.csv"))) {
      for (NamedCsvRecord row : csv) {
        ModelProfile model =
            result.models().stream()
                .filter(m -> m.name().equals(row.getField("model")))
                .findFirst()
                .orElseThrow();
        int layer = Integer.parseInt(row.getField("layer")) / 2;
        ModelProfile.DegreeProfile degree =
            Objects.requireNonNull(model.degrees().get(row.getField("degree")));
        assertThat(Double.parseDouble(row.getField("scale")))
            .isEqualTo(model.layers().get(layer).scale());
        cells += assertCells(row, "", degree.raw(), layer);
        cells += assertCells(row, "scale_free_", degree.scaleFree(), layer);
      }
    }
    assertThat(cells).isGreaterThan(300);
  }

  private static int assertCells(NamedCsvRecord row, String prefix, Series series, int layer) {
    Map<String, Series.Estimates> columns = new LinkedHashMap<>();
    columns.put("distance", series.distance());
    columns.put("rate", series.rate());
    columns.put("cumulative", series.cumulative());
    columns.put("quotient", series.quotient());
    columns.forEach((name, estimates) -> {
      boolean inside = estimates != null && layer < estimates.size();
      Series.Estimate expected =
          inside ? estimates.get(layer) : new Series.Estimate(null, null, null);
      assertThat(row.getField(prefix + name)).isEqualTo(cell(expected.value()));
      assertThat(row.getField(prefix + name + "_low")).isEqualTo(cell(expected.low()));
      assertThat(row.getField(prefix + name + "_high")).isEqualTo(cell(expected.high()));
    });
    return 3 * columns.size();
  }

  private static String cell(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }

  @Test
  void diagramsHaveEveryInterval() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("diagrams.csv"));
    int intervals =
        networks.stream()
            .flatMap(n -> n.measurement().diagrams().stream())
            .flatMap(List::stream)
            .mapToInt(d -> d.size())
            .sum();

    assertThat(lines).hasSize(1 + intervals).contains("convolution,4,0,0.0,inf");
  }

  @Test
  void otherFoldersAreRefused(@TempDir Path other) throws IOException {
    assertThatThrownBy(() -> RunFiles.read(other))
        .hasMessage(other + " is no run: it has no result.json");
    Files.writeString(other.resolve("result.json"), "{\"schemaVersion\": ");
    assertThatThrownBy(() -> RunFiles.read(other)).hasMessageContaining("not a result");
    Files.writeString(other.resolve("result.json"), "{\"schemaVersion\": 1}");
    assertThatThrownBy(() -> RunFiles.read(other)).hasMessageContaining("not a result");
    String json = Files.readString(folder.resolve("result.json"));
    Files.writeString(
        other.resolve("result.json"),
        json.replaceFirst("\"schemaVersion\" : 1", "\"schemaVersion\" : 9"));
    assertThatThrownBy(() -> RunFiles.read(other)).hasMessageContaining("schema version 9");
  }
}
