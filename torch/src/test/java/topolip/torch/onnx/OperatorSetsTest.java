package topolip.torch.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static topolip.torch.onnx.OnnxFiles.integer;
import static topolip.torch.onnx.OnnxFiles.list;
import static topolip.torch.onnx.OnnxFiles.real;
import static topolip.torch.onnx.OnnxFiles.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Operators mean what they meant in the operator set that a file follows: ONNX Runtime says so.
class OperatorSetsTest {
  private static final int[] SHAPE = {2, 4, 1, 6};

  @TempDir Path folder;

  private record Case(int opset, String operator, List<String> more, List<AttributeProto> with) {
    static Case of(int opset, String operator, AttributeProto... with) {
      return new Case(opset, operator, List.of(), List.of(with));
    }

    Case and(String... inputs) {
      return new Case(opset, operator, List.of(inputs), with);
    }
  }

  private static Stream<Case> cases() {
    AttributeProto axes = list("axes", 1, -1);
    return Stream.of(
        Case.of(9, "Squeeze", list("axes", 2)),
        Case.of(13, "Squeeze").and("third"),
        Case.of(9, "Squeeze"),
        Case.of(9, "Unsqueeze", list("axes", 0, 3)),
        Case.of(21, "Unsqueeze").and("axes"),
        Case.of(11, "ReduceSum", axes),
        Case.of(13, "ReduceSum", integer("keepdims", 0)).and("axes"),
        Case.of(13, "ReduceSum", integer("noop_with_empty_axes", 1)),
        Case.of(9, "ReduceMean", list("axes", 1, 3)),
        Case.of(18, "ReduceMean").and("axes"),
        Case.of(11, "ReduceMax", axes, integer("keepdims", 0)),
        Case.of(18, "ReduceMax").and("axes"),
        Case.of(9, "Softmax"),
        Case.of(11, "Softmax", integer("axis", 2)),
        Case.of(12, "Softmax", integer("axis", 0)),
        Case.of(13, "Softmax"),
        Case.of(13, "Softmax", integer("axis", 1)),
        Case.of(11, "LogSoftmax"),
        Case.of(13, "LogSoftmax"),
        Case.of(11, "Hardmax"),
        Case.of(13, "Hardmax"),
        Case.of(9, "Clip", real("min", -.25)),
        Case.of(10, "Clip", real("min", -.25), real("max", .5)),
        Case.of(11, "Clip").and("low"),
        Case.of(13, "Clip").and("", "high"),
        Case.of(9, "Pad", list("pads", 0, 1, 0, 2, 0, 0, 1, 0), real("value", .5)),
        Case.of(10, "Pad", list("pads", 0, 1, 0, 2, 0, 0, 0, 1), text("mode", "reflect")),
        Case.of(11, "Pad").and("pads", "high"),
        Case.of(13, "Pad", text("mode", "edge")).and("pads"),
        Case.of(9, "Slice", list("starts", 1, -4), list("ends", 9, -1), list("axes", 1, 3)),
        Case.of(10, "Slice").and("starts", "ends", "axes", "steps"),
        Case.of(13, "Slice").and("starts", "ends", "axes", "steps"),
        Case.of(10, "Resize", text("mode", "nearest")).and("scales"),
        Case.of(10, "Resize", text("mode", "linear")).and("planeScales"),
        Case.of(11, "Resize", text("mode", "linear")).and("nothing", "planeScales"),
        Case.of(13, "Resize", text("mode", "nearest")).and("", "scales"),
        Case.of(
                19,
                "Resize",
                text("mode", "cubic"),
                text("coordinate_transformation_mode", "pytorch_half_pixel"))
            .and("", "planeScales"),
        Case.of(9, "Upsample", text("mode", "nearest")).and("scales"),
        Case.of(9, "Dropout"),
        Case.of(13, "Dropout"),
        Case.of(9, "BatchNormalization").and("four", "four", "four", "four"),
        Case.of(15, "BatchNormalization").and("four", "four", "four", "four"),
        Case.of(9, "AveragePool", list("kernel_shape", 1, 2), list("pads", 0, 1, 0, 1)),
        Case.of(9, "Flatten", integer("axis", 3)),
        Case.of(9, "Elu", real("alpha", .5)),
        Case.of(9, "LpNormalization", integer("axis", 1), integer("p", 1)),
        Case.of(9, "LpNormalization", integer("axis", -1)),
        Case.of(9, "GlobalLpPool", integer("p", 3)),
        Case.of(23, "RMSNormalization", real("epsilon", .01)).and("six"),
        Case.of(20, "Gelu"),
        Case.of(20, "Gelu", text("approximate", "tanh")),
        Case.of(18, "GroupNormalization", integer("num_groups", 2)).and("two", "two"),
        Case.of(21, "GroupNormalization", integer("num_groups", 2)).and("four", "four"));
  }

  @TestFactory
  Stream<DynamicTest> nodesComputeWhatOnnxRuntimeDoes() {
    return cases()
        .map(one ->
            DynamicTest.dynamicTest(
                "%s-%d %s %s"
                    .formatted(
                        one.operator,
                        one.opset,
                        one.more,
                        one.with.stream().map(AttributeProto::getName).toList()),
                () -> check(one)));
  }

  private void check(Case one) throws IOException, OrtException {
    List<String> inputs = Stream.concat(Stream.of("x"), one.more.stream()).toList();
    OnnxFiles graph =
        new OnnxFiles()
            .input("x", SHAPE)
            .floats("low", new float[] {-.25f})
            .floats("high", new float[] {.5f})
            .floats("two", new float[] {.5f, 1.5f}, 2)
            .floats("four", new float[] {.5f, 1.5f, 1, 2}, 4)
            .floats("scales", new float[] {1, 1, 2, 1.5f}, 4)
            .floats("planeScales", new float[] {1, 1, 3, .7f}, 4)
            .floats("nothing", new float[0], 0)
            .longs("third", 2)
            .longs("axes", 1, -1)
            .longs("pads", 0, 0, 2, 1, 0, 1, 0, 3)
            .longs("starts", 1, 5)
            .longs("ends", 9, -9)
            .longs("steps", 2, -2)
            .floats("six", new float[] {.5f, 1.5f, 1, 2, -1, 3}, 6);
    Path file =
        graph
            .node(one.operator, "y", inputs, one.with.toArray(AttributeProto[]::new))
            .write(folder.resolve("node.onnx"), one.opset, "y");
    float[] x = new float[2 * 4 * 6];
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    assertSame(file, x);
  }

  private static void assertSame(Path file, float[] x) throws IOException, OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (PointerScope _ = new PointerScope();
        Program program = Program.of(OnnxSource.read(file), Precision.FLOAT32);
        OrtSession session = environment.createSession(file.toString());
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), new long[] {2, 4, 1, 6});
        OrtSession.Result result = session.run(Map.of("x", input))) {
      OnnxTensor expected = (OnnxTensor) result.get("y").orElseThrow();
      Tensor found =
          program.run(Map.of("x", TensorValues.ofFloats(x, 2, 4, 1, 6)), List.of("y")).getFirst();
      assertThat(TensorValues.shape(found)).isEqualTo(expected.getInfo().getShape());
      float[] values = new float[Math.toIntExact(found.numel())];
      TensorValues.copy(found, values, 0);
      FloatBuffer reference = expected.getFloatBuffer();
      for (float value : values) {
        assertThat(value).isCloseTo(reference.get(), within(1e-5f));
      }
    }
  }
}
