package topolip.torch.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static topolip.torch.onnx.OnnxFiles.integer;
import static topolip.torch.onnx.OnnxFiles.list;
import static topolip.torch.onnx.OnnxFiles.real;
import static topolip.torch.onnx.OnnxFiles.text;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// In float64, derivatives are what central differences say, for operators of every kind.
class GradientsTest {
  private static final double STEP = 1e-5;
  private static final int[] SHAPE = {2, 4, 5, 6};

  @TempDir Path folder;

  /// One node whose first input is differentiated by.
  ///
  /// @param constants names of further inputs, all from [#constants()]
  private record Case(
      String operator, int opset, List<String> constants, List<AttributeProto> attributes) {

    static Case of(String operator, AttributeProto... attributes) {
      return new Case(operator, 17, List.of(), List.of(attributes));
    }

    static Case with(String operator, String constant, AttributeProto... attributes) {
      return new Case(operator, 17, List.of(constant), List.of(attributes));
    }

    Case and(String... more) {
      List<String> all = Stream.concat(constants.stream(), Stream.of(more)).toList();
      return new Case(operator, opset, all, attributes);
    }

    Case opset(int version) {
      return new Case(operator, version, constants, attributes);
    }

    @Override
    public String toString() {
      return "%s-%d%s%s"
          .formatted(
              operator,
              opset,
              constants,
              attributes.stream().map(AttributeProto::getName).toList());
    }
  }

  private static OnnxFiles constants() {
    return new OnnxFiles()
        .floats("image", random(2 * 4 * 5 * 6, 3), SHAPE)
        .floats("row", random(6, 4), 6)
        .floats("channels", random(4, 5), 4)
        .floats("variances", new float[] {.5f, 1, 2, .3f}, 4)
        .floats("perChannel", random(4, 6), 4, 1, 1)
        .floats("matrix", random(6 * 3, 7), 6, 3)
        .floats("kernel", random(3 * 4 * 3 * 2, 8), 3, 4, 3, 2)
        .floats("grouped", random(6 * 2 * 3 * 3, 9), 6, 2, 3, 3)
        .floats("upwards", random(4 * 3 * 3 * 2, 10), 4, 3, 3, 2)
        .floats("three", new float[] {3}, 1)
        .floats("low", new float[] {-.4f})
        .floats("high", new float[] {.6f})
        .floats("none", new float[0], 0)
        .floats("scales", new float[] {1, 1, 1.7f, .6f}, 4)
        .longs("axes", 1, 3)
        .longs("places", 2, 0, -1, 2)
        .longs("tuples", 1, 0, 0)
        .longs("front", 1, 0)
        .longs("far", 4, 9)
        .longs("steps", 1, 2)
        .longs("pads", 0, 0, 1, 2, 0, 0, 2, 1)
        .longs("shape", 2, 0, -1)
        .longs("repeats", 1, 2, 1, 2)
        .longs("count", 2)
        .longs("first", 1);
  }

  private static Stream<Case> elementwise() {
    return Stream.concat(
        Stream.of(
                "Abs",
                "Asin",
                "Atan",
                "Cos",
                "Cosh",
                "Erf",
                "Exp",
                "HardSigmoid",
                "HardSwish",
                "LeakyRelu",
                "Mish",
                "Neg",
                "Reciprocal",
                "Relu",
                "Elu",
                "Selu",
                "Celu",
                "Sigmoid",
                "Sin",
                "Sinh",
                "Softplus",
                "Softsign",
                "Tan",
                "Tanh",
                "Shrink")
            .map(Case::of),
        Stream.of(
            Case.of("ThresholdedRelu", real("alpha", .2)),
            Case.of("Gelu").opset(20),
            Case.of("Gelu", text("approximate", "tanh")).opset(20),
            Case.with("PRelu", "perChannel"),
            Case.with("Clip", "low").and("high"),
            Case.of("Clip", real("min", -.4), real("max", .6)).opset(9),
            Case.with("Add", "row"),
            Case.with("Sub", "perChannel"),
            Case.with("Mul", "image"),
            Case.with("Div", "image"),
            Case.with("Pow", "three"),
            Case.with("Max", "image"),
            Case.with("Min", "image"),
            Case.with("Mean", "image")));
  }

  private static Stream<Case> layers() {
    return Stream.of(
        Case.with("Conv", "kernel", list("pads", 1, 0, 2, 1), list("strides", 2, 1)),
        Case.with("Conv", "grouped", integer("group", 2), list("dilations", 2, 2)),
        Case.with("ConvTranspose", "upwards", list("strides", 2, 2), list("pads", 1, 0, 0, 1)),
        Case.of("MaxPool", list("kernel_shape", 3, 2), list("pads", 1, 1, 1, 1)),
        Case.of("MaxPool", list("kernel_shape", 2, 2), text("auto_pad", "SAME_LOWER")),
        Case.of("AveragePool", list("kernel_shape", 3, 3), list("pads", 1, 1, 1, 1)),
        Case.of("AveragePool", list("kernel_shape", 2, 3), list("pads", 0, 1, 1, 2)),
        Case.of("LpPool", list("kernel_shape", 2, 2), integer("p", 2)),
        Case.of("GlobalAveragePool"),
        Case.of("GlobalMaxPool"),
        Case.with("BatchNormalization", "channels").and("channels", "channels", "variances"),
        Case.with("InstanceNormalization", "channels").and("channels"),
        Case.with("LayerNormalization", "row").and("row"),
        Case.with("GroupNormalization", "channels", integer("num_groups", 2))
            .and("channels")
            .opset(21),
        Case.with("RMSNormalization", "row").opset(23),
        Case.of("LRN", integer("size", 3), real("alpha", .5)),
        Case.of("LpNormalization", integer("axis", 1)),
        Case.of("MeanVarianceNormalization"),
        Case.of("Softmax"),
        Case.of("Softmax", integer("axis", 2)).opset(11),
        Case.of("LogSoftmax", integer("axis", 1)),
        Case.with("MatMul", "matrix"),
        Case.with("Einsum", "matrix", text("equation", "bchw,wk->bkc")),
        Case.with("Resize", "none", text("mode", "linear")).and("scales"),
        Case.with("Resize", "none", text("mode", "cubic")).and("scales"),
        Case.with("Resize", "none", text("mode", "nearest")).and("scales"),
        Case.with("Upsample", "scales", text("mode", "linear")).opset(9));
  }

  private static Stream<Case> arrangements() {
    return Stream.of(
        Case.with("Reshape", "shape"),
        Case.of("Flatten", integer("axis", 2)),
        Case.of("Transpose", list("perm", 0, 2, 3, 1)),
        Case.with("Unsqueeze", "axes"),
        Case.with("Concat", "image", integer("axis", 1)),
        Case.with("Slice", "front").and("far", "axes", "steps"),
        Case.of("Slice", list("axes", 2), list("starts", 1), list("ends", -1)).opset(9),
        Case.with("Gather", "places", integer("axis", 2)),
        Case.with("GatherND", "tuples"),
        Case.with("Pad", "pads"),
        Case.with("Pad", "pads", text("mode", "reflect")),
        Case.with("Tile", "repeats"),
        Case.of("DepthToSpace", integer("blocksize", 2)),
        Case.of("Trilu"),
        Case.with("CumSum", "first"),
        Case.of("Split", integer("axis", 0)));
  }

  private static Stream<Case> reductions() {
    return Stream.concat(
        Stream.of("Sum", "Mean", "Max", "Min", "Prod", "L1", "L2", "LogSumExp", "SumSquare")
            .map(kind -> Case.with("Reduce" + kind, "axes").opset(18)),
        Stream.of(
            Case.of("ReduceMean", list("axes", -1, 2), integer("keepdims", 0)),
            Case.of("ReduceSum", list("axes", 1)).opset(11),
            Case.with("TopK", "count", integer("axis", 1))));
  }

  @TestFactory
  Stream<DynamicTest> slopesAreCentralDifferences() {
    return Stream.of(elementwise(), layers(), arrangements(), reductions())
        .flatMap(cases -> cases)
        .map(one -> DynamicTest.dynamicTest(one.toString(), () -> check(one)));
  }

  private void check(Case one) throws IOException {
    List<String> inputs = Stream.concat(Stream.of("x"), one.constants.stream()).toList();
    AttributeProto[] attributes = one.attributes.toArray(AttributeProto[]::new);
    Path file =
        constants()
            .input("x", SHAPE)
            .node(one.operator, "y", inputs, attributes)
            .write(folder.resolve("node.onnx"), one.opset, "y");
    try (Program program = Program.of(OnnxSource.read(file), Precision.FLOAT64);
        PointerScope _ = new PointerScope()) {
      double[] values = spread(2 * 4 * 5 * 6);
      double[] direction = new double[values.length];
      Tensor x = tensor(values).set_requires_grad(true);
      Tensor y = run(program, x);
      assertThat(TensorValues.type(y)).isEqualTo(Precision.FLOAT64.type());
      double[] weights = doubles(Math.toIntExact(y.numel()), 2);
      double[] gradient = TensorValues.doubles(gradient(y, x, weights));
      SplittableRandom random = new SplittableRandom(11);
      for (int repeat = 0; repeat < 3; repeat++) {
        for (int i = 0; i < direction.length; i++) {
          direction[i] = random.nextDouble(-1, 1);
        }
        double slope = 0;
        for (int i = 0; i < direction.length; i++) {
          slope += gradient[i] * direction[i];
        }
        assertThat(slope).isNotZero();
        assertThat(difference(program, values, direction, weights))
            .isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
      }
    }
  }

  /// The five-point central difference of `weights · y` along a direction.
  private static double difference(
      Program program, double[] values, double[] direction, double[] weights) {
    double near = 0;
    double far = 0;
    for (int sign : new int[] {1, -1}) {
      near += sign * dot(weights, run(program, tensor(moved(values, direction, sign * STEP))));
      far += sign * dot(weights, run(program, tensor(moved(values, direction, 2 * sign * STEP))));
    }
    return (8 * near - far) / (12 * STEP);
  }

  private static Tensor gradient(Tensor y, Tensor x, double[] weights) {
    Tensor v = TensorValues.ofDoubles(weights, TensorValues.shape(y));
    return torch
        .grad(
            new TensorVector(y),
            new TensorVector(x),
            new TensorVector(v),
            new BoolOptional(false),
            false,
            false)
        .get(0)
        .clone();
  }

  private static Tensor run(Program program, Tensor x) {
    return program.run(Map.of("x", x), List.of("y")).getFirst();
  }

  private static Tensor tensor(double[] values) {
    return TensorValues.ofDoubles(values, 2, 4, 5, 6);
  }

  private static double[] moved(double[] values, double[] direction, double step) {
    double[] moved = values.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += step * direction[i];
    }
    return moved;
  }

  private static double dot(double[] weights, Tensor y) {
    double[] values = TensorValues.doubles(y);
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i] * values[i];
    }
    return sum;
  }

  /// Values in (−1, 1), all different, in no order, and away from the kinks at 0, ±0.5, −0.4 and
  /// 0.6.
  private static double[] spread(int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = -0.98 + 1.96 * ((i * 97) % count + 0.37) / count;
    }
    return values;
  }

  private static double[] doubles(int count, long seed) {
    return new SplittableRandom(seed).doubles(count, 0.5, 1.5).toArray();
  }

  private static float[] random(int count, long seed) {
    double[] values = doubles(count, seed);
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      floats[i] = (float) (i % 3 == 0 ? -values[i] : values[i]);
    }
    return floats;
  }
}
