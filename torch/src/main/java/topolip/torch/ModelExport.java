package topolip.torch;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import topolip.dataset.ImageShape;

/// Writes networks for other programs.
public final class ModelExport {
  private static final int OPERATOR_SET = 17;
  private static final int FILE_VERSION = 8;

  private ModelExport() {}

  /// Writes a network to a new ONNX file, operator set 17: `images` `(batch, channels, height,
  /// width)` in [0, 1] to `logits` `(batch, classes)`, any batch, normalisation inside.
  public static void onnx(Path file, NetworkWeights weights) throws IOException {
    Network network = weights.network();
    GraphExport export = new GraphExport(weights.arrays());
    String logits = network.logits(export, Blueprint.INPUT);
    ImageShape input = network.input();
    export
        .graph()
        .setName("network")
        .addInput(value(Blueprint.INPUT, input.channels(), input.height(), input.width()))
        .addOutput(value(logits, network.classes()));
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(FILE_VERSION)
            .setProducerName("topolip")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATOR_SET))
            .setGraph(export.graph())
            .build();
    Files.write(file, model.toByteArray(), StandardOpenOption.CREATE_NEW);
  }

  private static ValueInfoProto value(String name, int... sides) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("batch");
    for (int side : sides) {
      shape.addDimBuilder().setDimValue(side);
    }
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            TypeProto.newBuilder()
                .setTensorType(
                    TypeProto.Tensor.newBuilder()
                        .setElemType(TensorProto.DataType.FLOAT_VALUE)
                        .setShape(shape)))
        .build();
  }
}
