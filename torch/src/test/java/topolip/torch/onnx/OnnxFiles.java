package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Small ONNX files, built node by node.
final class OnnxFiles {
  private final GraphProto.Builder graph = GraphProto.newBuilder().setName("test");

  /// An input of float32; a side of 0 is left open.
  OnnxFiles input(String name, int... sides) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (int side : sides) {
      TensorShapeProto.Dimension.Builder dimension = TensorShapeProto.Dimension.newBuilder();
      shape.addDim(side == 0 ? dimension.setDimParam("N") : dimension.setDimValue(side));
    }
    graph.addInput(
        ValueInfoProto.newBuilder()
            .setName(name)
            .setType(
                TypeProto.newBuilder()
                    .setTensorType(
                        TypeProto.Tensor.newBuilder()
                            .setElemType(TensorProto.DataType.FLOAT_VALUE)
                            .setShape(shape))));
    return this;
  }

  OnnxFiles floats(String name, float[] values, int... sides) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE);
    Arrays.stream(sides).forEach(tensor::addDims);
    for (float value : values) {
      tensor.addFloatData(value);
    }
    graph.addInitializer(tensor);
    return this;
  }

  OnnxFiles longs(String name, long... values) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return this;
  }

  /// Float32 values that lie in another file.
  OnnxFiles elsewhere(String name, String location, long offset, int... sides) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", location))
            .addExternalData(entry("offset", Long.toString(offset)));
    Arrays.stream(sides).forEach(tensor::addDims);
    graph.addInitializer(tensor);
    return this;
  }

  private static StringStringEntryProto entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  OnnxFiles node(String operator, String output, List<String> inputs, AttributeProto... with) {
    return node("", operator, output, inputs, with);
  }

  OnnxFiles node(
      String domain, String operator, String output, List<String> inputs, AttributeProto... with) {
    graph.addNode(
        NodeProto.newBuilder()
            .setDomain(domain)
            .setOpType(operator)
            .setName(output + "/" + operator)
            .addOutput(output)
            .addAllInput(inputs)
            .addAllAttribute(List.of(with)));
    return this;
  }

  static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static AttributeProto list(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  static AttributeProto real(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  Path write(Path file, int opset, String... outputs) throws IOException {
    GraphProto.Builder whole = graph.clone();
    for (String output : outputs) {
      whole.addOutput(ValueInfoProto.newBuilder().setName(output));
    }
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
            .addOpsetImport(
                OperatorSetIdProto.newBuilder().setDomain("com.microsoft").setVersion(1))
            .setGraph(whole)
            .build();
    return Files.write(file, model.toByteArray());
  }
}
