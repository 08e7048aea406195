package topolip.onnx;

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
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Builds small ONNX models node by node.
final class Graphs {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

  /// Takes images: a side of 0 is left open.
  static Graphs taking(int... sides) {
    return takingType(TensorProto.DataType.FLOAT_VALUE, sides);
  }

  static Graphs takingType(int type, int... sides) {
    Graphs graphs = new Graphs();
    graphs.graph.addInput(value("images", type, sides));
    return graphs;
  }

  private static ValueInfoProto value(String name, int type, int... sides) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int side : sides) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(side == 0 ? dimension.setDimParam("N") : dimension.setDimValue(side));
    }
    TypeProto.Tensor tensor =
        TypeProto.Tensor.newBuilder().setElemType(type).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  Graphs node(String operation, String output, String... inputs) {
    graph.addNode(proto(operation, output, inputs));
    return this;
  }

  Graphs node(NodeProto node) {
    graph.addNode(node);
    return this;
  }

  static NodeProto proto(String operation, String output, String... inputs) {
    return NodeProto.newBuilder()
        .setOpType(operation)
        .setName(output)
        .addOutput(output)
        .addAllInput(List.of(inputs))
        .build();
  }

  /// One of ONNX Runtime's own operators.
  static NodeProto runtime(NodeProto node) {
    return node.toBuilder().setDomain("com.microsoft").build();
  }

  static AttributeProto ints(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static NodeProto with(NodeProto node, AttributeProto... attributes) {
    return node.toBuilder().addAllAttribute(List.of(attributes)).build();
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto real(String name, float value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  Graphs convolution(String output, String input, int from, int to) {
    weight(output + ".w", 0.1f, to, from, 3, 3);
    return node(
        proto("Conv", output, input, output + ".w").toBuilder()
            .addAttribute(ints("pads", 1, 1, 1, 1))
            .build());
  }

  /// A matrix product with a weight that is the identity times `factor`, of `size` columns.
  Graphs product(String output, String input, int size, float factor) {
    float[] values = new float[size * size];
    for (int i = 0; i < size; i++) {
      values[i * size + i] = factor;
    }
    initialiser(output + ".w", values, size, size);
    return node("MatMul", output, input, output + ".w");
  }

  Graphs weight(String name, float value, int... sides) {
    float[] values = new float[Arrays.stream(sides).reduce(1, (a, b) -> a * b)];
    Arrays.fill(values, value);
    return initialiser(name, values, sides);
  }

  /// Gaussian weights, the same for the same name.
  Graphs random(String name, double size, int... sides) {
    SplittableRandom random = new SplittableRandom(name.hashCode());
    float[] values = new float[Arrays.stream(sides).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (size * random.nextGaussian());
    }
    return initialiser(name, values, sides);
  }

  /// Values of images.
  static float[] uniform(int count) {
    float[] values = new float[count];
    SplittableRandom random = new SplittableRandom(3);
    for (int p = 0; p < count; p++) {
      values[p] = random.nextFloat();
    }
    return values;
  }

  Graphs initialiser(String name, float[] values, int... sides) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    for (int side : sides) {
      tensor.addDims(side);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return initialiser(tensor.build());
  }

  Graphs initialiser(TensorProto tensor) {
    graph.addInitializer(tensor);
    return this;
  }

  Graphs longs(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    return initialiser(tensor.build());
  }

  /// Flattens, and multiplies to this many classes.
  Graphs head(String input, int features, int classes) {
    node("Flatten", "flat", input);
    weight("head.w", 0.01f, features, classes);
    return node("MatMul", "logits", "flat", "head.w");
  }

  GraphProto body() {
    return graph.build();
  }

  Path write(Path file, String... outputs) throws IOException {
    return write(file, 17, outputs);
  }

  Path write(Path file, int opset, String... outputs) throws IOException {
    for (String output : outputs) {
      graph.addOutput(ValueInfoProto.newBuilder().setName(output));
    }
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
            .setGraph(graph)
            .build();
    return Files.write(file, model.toByteArray());
  }
}
