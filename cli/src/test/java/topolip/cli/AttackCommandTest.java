package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.dataset.NpyArray;
import topolip.dataset.Sampling;
import topolip.dataset.Split;
import topolip.engine.Progress;
import topolip.model.Evaluation;
import topolip.model.Model;
import topolip.onnx.OnnxModel;

/// `topolip attack`, `topolip evaluate`, and attacks as perturbations of `topolip measure`.
class AttackCommandTest extends TrainedModelTest {
  private static final JsonMapper JSON = new JsonMapper();

  private int onModel(String command, String... more) {
    String[] arguments = {command, model.toString(), "--data", "shapes"};
    return run(concat(arguments, more));
  }

  /// With an operator behind the logits that ONNX Runtime has and libtorch's executor has not.
  private void endInQuickGelu() throws IOException {
    ModelProto read = ModelProto.parseFrom(Files.readAllBytes(model));
    ModelProto.Builder changed = read.toBuilder();
    ValueInfoProto.Builder output = changed.getGraphBuilder().getOutputBuilder(0);
    changed
        .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
        .getGraphBuilder()
        .addNode(
            NodeProto.newBuilder()
                .setName("/end")
                .setDomain("com.microsoft")
                .setOpType("QuickGelu")
                .addInput(output.getName())
                .addOutput("scores"));
    output.setName("scores");
    Files.write(model, changed.build().toByteArray());
  }

  @Test
  void unsupportedOperatorsAreListedOnlyWhereGradientsAreNeeded() throws IOException {
    endInQuickGelu();
    assertThat(onModel("attack", "--attack", "fgsm:0.1", "--samples", "5", "--out", path("fgsm")))
        .isEqualTo(1);
    assertThat(err.strip())
        .contains("needs operators that are not supported: com.microsoft.QuickGelu (1: /end)")
        .doesNotContain("\n");
    assertThat(folder.resolve("fgsm")).doesNotExist();

    assertThat(
            onModel(
                "attack", "--attack", "square:0.1:5", "--samples", "5", "--out", path("square")))
        .as(err)
        .isZero();
    assertThat(err.lines().filter(line -> line.contains("run by ONNX Runtime")))
        .containsExactly(model + ": run by ONNX Runtime, since no gradients are needed");
    assertThat(onModel("evaluate", "--samples", "20", "--out", path("evaluated"))).as(err).isZero();
  }

  private JsonNode result(String run) throws IOException {
    return JSON.readTree(Files.readString(folder.resolve(run).resolve("result.json")));
  }

  private void assertValid(String run, String schema) throws IOException {
    try (InputStream in = Main.class.getResourceAsStream(schema)) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(text)
                  .validate(
                      Files.readString(folder.resolve(run).resolve("result.json")),
                      InputFormat.JSON))
          .isEmpty();
    }
  }

  private void assertFigure(String run, String name) throws IOException {
    Path figures = folder.resolve(run).resolve("figures");
    assertThat(Files.readString(figures.resolve(name + ".svg"))).contains("<svg", "accuracy");
    assertThat(ImageIO.read(figures.resolve(name + ".png").toFile()).getWidth()).isGreaterThan(400);
  }

  private static int correct(JsonNode accuracy) {
    return accuracy.get("correct").asInt();
  }

  @Test
  void attackSaysWhatEachLeavesAndTheWorstCase() throws IOException {
    assertThat(
            onModel(
                "attack",
                "--samples",
                "40",
                "--attack",
                "fgsm:4/255",
                "--attack",
                "pgd:4/255:5",
                "--curve",
                "0,2/255,8/255",
                "--save-images",
                "--out",
                path("a")))
        .as(err)
        .isZero();

    JsonNode result = result("a");
    int clean = correct(result.get("clean"));
    assertThat(clean).isGreaterThan(30);
    for (JsonNode attack : result.get("attacks")) {
      assertThat(correct(attack.get("robust"))).isLessThan(clean);
      assertThat(correct(result.get("worstCase")))
          .isLessThanOrEqualTo(correct(attack.get("robust")));
    }
    JsonNode curve = result.at("/curve/values");
    assertThat(correct(curve.get(0).get("accuracy"))).isEqualTo(clean);
    assertThat(correct(curve.get(2).get("accuracy")))
        .isLessThanOrEqualTo(correct(curve.get(1).get("accuracy")));
    assertThat(Files.readAllLines(folder.resolve("a/examples.csv"))).hasSize(1 + 3 * 40);
    try (NpyArray images = NpyArray.open(folder.resolve("a/adversarial.npy"))) {
      assertThat(images.shape()).containsExactly(40L, 3L, 32L, 32L);
    }
    assertThat(folder.resolve("a/checkpoint")).doesNotExist();
    assertThat(Files.readAllLines(folder.resolve("a/curve.csv")))
        .hasSize(4)
        .element(1)
        .asString()
        .startsWith("pgd,0.0,");
    assertValid("a", "attack.schema.json");
    assertFigure("a", "accuracy-by-eps");
    assertThat(out).contains("pgd:4/255:5").contains("worst case").contains("result: ");
  }

  @Test
  void runThatIsResumedEndsInTheSameNumbers() throws IOException {
    String[] options = {"--samples", "30", "--attack", "aa-lite:2/255", "--seed", "5", "--out"};
    assertThat(onModel("attack", with(options, path("whole")))).as(err).isZero();
    // What an interrupted run leaves: some parts, no result.
    assertThat(onModel("attack", with(options, path("parts")))).as(err).isZero();
    Files.delete(folder.resolve("parts/result.json"));
    assertThat(onModel("attack", with(options, path("parts")))).isEqualTo(1);
    assertThat(err).contains("is not empty").contains("--resume");
    assertThat(onModel("attack", with(options, path("parts"), "--resume"))).as(err).isZero();

    assertThat(result("parts").get("attacks")).isEqualTo(result("whole").get("attacks"));
    assertThat(folder.resolve("parts/examples.csv"))
        .hasSameTextualContentAs(folder.resolve("whole/examples.csv"));
  }

  private static String[] with(String[] options, String... more) {
    String[] all = Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return all;
  }

  /// Every radius that the curve names is the distance of an image.
  @Test
  void leastDistancesAreReportedWithTheirCurve() throws IOException {
    String[] options = {"--samples", "30", "--norm", "l2", "--attack", "deepfool", "--out"};
    assertThat(onModel("attack", with(options, path("l")))).as(err).isZero();

    JsonNode result = result("l");
    assertThat(result.get("worstCase").isNull()).isTrue();
    assertThat(result.at("/attacks/0/robust").isNull()).isTrue();
    JsonNode distances = result.at("/attacks/0/distances");
    assertThat(distances.get("points").asInt()).isEqualTo(30);
    assertThat(distances.get("notFound").asInt()).isZero();
    List<Double> lengths = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(folder.resolve("l/examples.csv"))) {
      csv.forEach(row -> {
        if (row.getField("attack").equals("deepfool")) {
          lengths.add(Double.valueOf(row.getField("distance")));
        }
      });
    }
    lengths.sort(null);
    assertThat(distances.at("/quantiles/3/distance").asDouble())
        .isEqualTo((lengths.get(14) + lengths.get(15)) / 2);
    try (CsvReader<NamedCsvRecord> csv =
        CsvReader.builder().ofNamedCsvRecord(folder.resolve("l/curve.csv"))) {
      for (NamedCsvRecord row : csv) {
        double eps = Double.parseDouble(row.getField("eps"));
        assertThat(eps == 0 || lengths.contains(eps)).isTrue();
        assertThat(Integer.parseInt(row.getField("correct")))
            .isEqualTo((int) lengths.stream().filter(length -> length > eps).count());
      }
    }
    assertValid("l", "attack.schema.json");
    assertFigure("l", "accuracy-by-eps");
    assertThat(out).contains("median").contains("deepfool");
  }

  /// Images made on the network itself transfer to it; those of another fool fewer.
  @Test
  void imagesOfAnotherNetworkAreJudged() throws IOException {
    Path other = folder.resolve("attn.onnx");
    try (InputStream in = OnnxModel.class.getResourceAsStream("shapes-attention.onnx")) {
      Files.copy(Objects.requireNonNull(in), other);
    }
    String[] options = {"--samples", "40", "--attack", "pgd:8/255:10", "--out"};
    assertThat(onModel("attack", with(options, path("own")))).as(err).isZero();
    String[] itself = with(options, path("self"), "--transfer-from", model.toString());
    assertThat(onModel("attack", itself)).as(err).isZero();
    String[] another = with(options, path("other"), "--transfer-from", other.toString());
    assertThat(onModel("attack", another)).as(err).isZero();

    int own = correct(result("own").at("/attacks/0/robust"));
    assertThat(correct(result("self").at("/attacks/0/robust"))).isLessThanOrEqualTo(own + 1);
    JsonNode transfer = result("other");
    assertThat(transfer.get("transferredFrom").asString()).isEqualTo("attn");
    assertThat(transfer.at("/provenance/models")).hasSize(2);
    assertThat(correct(transfer.at("/attacks/0/robust")))
        .isGreaterThan(own)
        .isLessThanOrEqualTo(correct(transfer.get("clean")));
    assertThat(transfer.at("/attacks/0/stages/0/configuration").asString())
        .contains("keep=strongest");
    assertValid("other", "attack.schema.json");
    assertThat(out).contains("attacks on attn");
  }

  @Test
  void wrongAttacksAreOneLine() {
    for (List<String> wrong :
        List.of(
            List.of("--attack", "frobnicate:8/255"),
            List.of("--attack", "pgd:x"),
            List.of("--norm", "l3"),
            List.of("--samples", "0"),
            List.of("--attack", "cw"),
            List.of("--attack", "deepfool", "--check"),
            List.of("--attack", "deepfool", "--transfer-from", "x.onnx"),
            List.of("--curve", "0.1", "--transfer-from", "x.onnx"),
            List.of("--curve", "-1"))) {
      String[] options = with(wrong.toArray(String[]::new), "--out", path("none"));
      assertThat(onModel("attack", options)).as(wrong.toString()).isEqualTo(2);
      assertThat(err.strip()).doesNotContain("\n").startsWith("topolip attack: ");
      assertThat(folder.resolve("none")).doesNotExist();
    }
    assertThat(onModel("attack", "--engine", "onnxruntime", "--out", path("none"))).isEqualTo(1);
    assertThat(err).contains("needs gradients");
  }

  @Test
  void evaluationHasAccuracyUnderPerturbationsAndCorruptions() throws IOException {
    assertThat(
            onModel(
                "evaluate",
                "--samples",
                "40",
                "--perturb",
                "gaussian:0.3",
                "--perturb",
                "corruption:contrast:5",
                "--corruptions",
                "fog,pixelate",
                "--baseline",
                "conv",
                "--out",
                path("e")))
        .as(err)
        .isZero();

    JsonNode model = result("e").at("/models/0");
    int clean = correct(model.at("/clean/accuracy"));
    assertThat(clean).isGreaterThan(30);
    assertThat(model.get("perturbed")).hasSize(2);
    assertThat(correct(model.at("/perturbed/0/summary/accuracy"))).isLessThan(clean);
    assertThat(model.at("/corruptions/corruptions")).hasSize(2);
    assertThat(model.at("/corruptions/corruptions/0/errors")).hasSize(5);
    assertThat(model.at("/corruptions/meanCorruptionError").isNull()).isTrue();
    assertThat(Files.readAllLines(folder.resolve("e/examples.csv"))).hasSize(1 + 3 * 40);

    assertValid("e", "evaluation.schema.json");
    assertFigure("e", "accuracy-by-severity");

    assertThat(onModel("evaluate", "--corruptions", "fog", "--baseline", "x", "--out", path("f")))
        .isEqualTo(1);
    assertThat(err).contains("'x' is no baseline; expected alexnet or one of [conv]");
  }

  @Test
  void corruptionsTakeTheParametersOfAnotherSize() throws IOException {
    for (String names : List.of("contrast", "contrast@32", "contrast@64")) {
      String[] options = {"--samples", "60", "--corruptions", names, "--out", path(names)};
      assertThat(onModel("evaluate", options)).as(err).isZero();
    }
    String errors = "/models/0/corruptions/corruptions/0/errors";
    assertThat(result("contrast@32").at(errors)).isEqualTo(result("contrast").at(errors));
    assertThat(result("contrast@64").at(errors)).isNotEqualTo(result("contrast").at(errors));
    for (String wrong : List.of("fog@31", "fog@x", "fog@")) {
      assertThat(onModel("evaluate", "--corruptions", wrong, "--out", path("w"))).isEqualTo(1);
      assertThat(err.strip()).doesNotContain("\n");
      assertThat(folder.resolve("w")).doesNotExist();
    }
  }

  /// Photographs of nothing leave the image, darker by its weight: 0.9 of it at severity 3.
  @Test
  void frostIsOfTheUsersPhotographs() throws IOException {
    Path photographs = Files.createDirectories(folder.resolve("photographs"));
    BufferedImage black = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(black, "png", photographs.resolve("frost.png").toFile());
    String[] frost = {"--samples", "60", "--seed", "0", "--corruptions", "frost", "--out"};
    assertThat(onModel("evaluate", with(frost, path("none")))).isEqualTo(1);
    assertThat(err.strip()).doesNotContain("\n").contains("frost needs photographs");
    assertThat(onModel("evaluate", with(frost, path("black"), "--frost", photographs.toString())))
        .as(err)
        .isZero();
    JsonNode corruption = result("black").at("/models/0/corruptions/corruptions/0");
    assertThat(corruption.get("name").asString()).isEqualTo("frost");

    Dataset shapes = DataSource.parse("shapes").open(Split.TEST, 0);
    int[] indices = Sampling.balanced(shapes, 60, 1, 0).getFirst();
    float[] values = shapes.read(indices).values();
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.floor(0.9 * Math.rint(values[i] * 255) + 1e-6) / 255;
    }
    Images dark = Images.wrap(shapes.shape(), values);
    int[] labels = Arrays.stream(indices).map(shapes::label).toArray();
    try (Model network = OnnxModel.open(model, OnnxModel.Options.plain())) {
      double accuracy =
          Evaluation.accuracy(network, labels, (from, to) -> dark, Progress.NONE).share();
      assertThat(corruption.at("/errors/2").asDouble()).isCloseTo(1 - accuracy, within(1e-9));
    }

    Files.writeString(photographs.resolve("frost.png"), "no image");
    assertThat(onModel("evaluate", with(frost, path("bad"), "--frost", photographs.toString())))
        .isEqualTo(1);
    assertThat(err.strip()).doesNotContain("\n").contains("frost.png: is no image");
    assertThat(folder.resolve("bad")).doesNotExist();
  }

  @Test
  void networksAreMeasuredUnderAttack() throws IOException {
    assertThat(
            onModel(
                "measure",
                "--samples",
                "20",
                "--subsamples",
                "2",
                "--accuracy-samples",
                "20",
                "--perturb",
                "pgd:8/255:5",
                "--out",
                path("m")))
        .as(err)
        .isZero();

    JsonNode result = result("m");
    assertThat(result.at("/provenance/options/perturb").asString()).isEqualTo("pgd:8/255:5");
    assertThat(correct(result.at("/models/0/perturbedAccuracy")))
        .isLessThan(correct(result.at("/models/0/sampleAccuracy")));
  }
}
