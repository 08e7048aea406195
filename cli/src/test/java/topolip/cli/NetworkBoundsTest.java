package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class NetworkBoundsTest extends ProgramTest {

  private int run(String arguments) {
    return run(arguments.split(" ", -1));
  }

  @Test
  void builtInNetworksHaveBoundsAboveWhatIsFound() throws IOException {
    Path target = folder.resolve("run");
    int code =
        run(
            "bounds conv-1?width=8 attn-1?width=8 --data shapes --samples 3 --clever 1 --threads 1"
                + " --out "
                + target);
    assertThat(code).as(err).isZero();
    assertThat(out).contains("conv-1?width=8", "attn-1?width=8", "CLEVER (an estimate)", "logits");
    JsonNode result = new JsonMapper().readTree(Files.readString(target.resolve("result.json")));
    assertThat(result.get("schemaVersion").asInt()).isEqualTo(1);
    for (JsonNode model : result.get("models")) {
      for (JsonNode layer : model.get("layers")) {
        assertThat(layer.get("unbounded").isNull()).isTrue();
        assertThat(layer.get("untapped")).isEmpty();
        assertThat(layer.at("/found/log10").asDouble())
            .isLessThanOrEqualTo(layer.at("/bound/log10").asDouble() + 1e-4);
        assertThat(layer.at("/jacobian/log10").asDouble())
            .isLessThanOrEqualTo(layer.at("/boundOnSample/log10").asDouble() + 1e-4);
        assertThat(layer.at("/bound/kind").asString()).isEqualTo("UPPER");
        assertThat(layer.at("/boundOnSample/kind").asString()).isEqualTo("ESTIMATE");
        assertThat(layer.at("/found/kind").asString()).isEqualTo("LOWER");
      }
      assertThat(model.get("clever").size()).isEqualTo(1);
      assertThat(model.get("certificates").size()).isEqualTo(3);
    }
    assertThat(Files.readAllLines(target.resolve("bounds.csv")).getFirst())
        .startsWith("model,index,layer,log10_bound,");
    assertThat(target.resolve("figures/bounds.svg")).content().contains("<svg");
    assertThat(target.resolve("figures/bounds.png")).exists();
  }

  /// 256 tokens of twelve numbers, attended to by ONNX Runtime's packed operator with two heads.
  private Path packedAttention() throws IOException {
    Path file = folder.resolve("packed.onnx");
    NodeProto attention =
        node("Attention", "mixed", "x", "w", "b").toBuilder()
            .setDomain("com.microsoft")
            .addAttribute(
                AttributeProto.newBuilder()
                    .setName("num_heads")
                    .setType(AttributeProto.AttributeType.INT)
                    .setI(2))
            .build();
    GraphProto graph =
        GraphProto.newBuilder()
            .addInput(images(3, 32, 32))
            .addInitializer(longs("tokens", 0, 256, 12))
            .addInitializer(floats("w", 12, 12))
            .addInitializer(floats("b", 12))
            .addInitializer(floats("head", 1024, 10))
            .addNode(node("Reshape", "x", "images", "tokens"))
            .addNode(attention)
            .addNode(node("Flatten", "flat", "mixed"))
            .addNode(node("MatMul", "logits", "flat", "head"))
            .addOutput(ValueInfoProto.newBuilder().setName("logits"))
            .build();
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
            .setGraph(graph)
            .build();
    return Files.write(file, model.toByteArray());
  }

  private static NodeProto node(String operator, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operator)
        .addOutput(output)
        .addAllInput(List.of(inputs))
        .build();
  }

  private static ValueInfoProto images(int... sides) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("N");
    for (int side : sides) {
      shape.addDimBuilder().setDimValue(side);
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder()
            .setElemType(TensorProto.DataType.FLOAT_VALUE)
            .setShape(shape)
            .build();
    return ValueInfoProto.newBuilder()
        .setName("images")
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  private static TensorProto longs(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.INT64_VALUE);
    tensor.addDims(values.length);
    for (long value : values) {
      tensor.addInt64Data(value);
    }
    return tensor.build();
  }

  private static TensorProto floats(String name, int... sides) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    int count = 1;
    for (int side : sides) {
      tensor.addDims(side);
      count *= side;
    }
    SplittableRandom random = new SplittableRandom(count);
    for (int i = 0; i < count; i++) {
      tensor.addFloatData((float) random.nextDouble(-0.3, 0.3));
    }
    return tensor.build();
  }

  @Test
  void attentionAsOneOperatorHasBounds() throws IOException {
    Path target = folder.resolve("run");
    String model = packedAttention().toString();
    assertThat(run("bounds " + model + " --data shapes --samples 2 --threads 1 --out " + target))
        .as(err)
        .isZero();
    JsonNode result = new JsonMapper().readTree(Files.readString(target.resolve("result.json")));
    JsonNode logits = result.at("/models/0/layers/%d".formatted(layers(result) - 1));
    assertThat(logits.get("unbounded").isNull()).isTrue();
    assertThat(logits.at("/found/log10").asDouble())
        .isBetween(-6.0, logits.at("/bound/log10").asDouble());
    // Queries, keys and values are inside the operator: the sample says nothing of their radii.
    assertThat(result.at("/models/0/layers/0/untapped")).isEmpty();
    assertThat(logits.get("untapped"))
        .singleElement()
        .matches(name -> name.asString().equals("mixed"));
    assertThat(logits.get("boundOnSample").get("log10")).isEqualTo(logits.at("/bound/log10"));
    assertThat(out).contains("on sample, the radii at mixed are those of all images");
    List<String> table = Files.readAllLines(target.resolve("bounds.csv"));
    assertThat(table.getFirst()).endsWith(",unbounded,untapped");
    assertThat(table.getLast()).endsWith(",,mixed");
  }

  private static int layers(JsonNode result) {
    return result.at("/models/0/layers").size();
  }

  @Test
  void wrongUseIsSaidAndLeavesNothingBehind() {
    assertThat(run("bounds")).isEqualTo(2);
    assertThat(err).contains("either networks (MODEL) or a theorem");
    assertThat(run("bounds conv-1 --out " + folder.resolve("x"))).isEqualTo(2);
    assertThat(err).contains("need --data");
    assertThat(run("bounds conv-1 --data shapes")).isEqualTo(2);
    assertThat(err).contains("need --out");
    assertThat(run("bounds missing.onnx --data shapes --out " + folder.resolve("x"))).isEqualTo(1);
    assertThat(err).contains("missing.onnx");
    assertThat(folder).isEmptyDirectory();
  }
}
