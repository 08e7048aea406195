package topolip.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import topolip.model.ImageInput;
import topolip.model.ModelException;
import topolip.model.WeightFiles;

/// An ONNX file as read: its protocol buffer, its weights' sizes, its digest.
final class OnnxFile {
  private final Path path;
  private final ModelProto proto;
  private final TreeSet<Path> external = new TreeSet<>();
  private final Map<String, Long> weights = new HashMap<>();

  private OnnxFile(Path path, ModelProto proto) {
    this.path = path;
    this.proto = proto;
  }

  /// @throws ModelException if it is no ONNX model, or weights in other files are missing
  static OnnxFile read(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      throw new ModelException(path, "is a folder; expected an ONNX file");
    }
    ModelProto proto;
    try (InputStream in = Files.newInputStream(path)) {
      proto = ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(path, "is no ONNX model, or a damaged one", e);
    }
    if (proto.getGraph().getNodeCount() == 0) {
      throw new ModelException(path, "is no ONNX model: it has no graph");
    }
    OnnxFile file = new OnnxFile(path, proto);
    for (TensorProto tensor : proto.getGraph().getInitializerList()) {
      file.addWeight(tensor.getName(), tensor);
    }
    for (NodeProto node : proto.getGraph().getNodeList()) {
      if (node.getOpType().equals("Constant") && node.getAttributeCount() == 1) {
        file.addWeight(node.getOutput(0), node.getAttribute(0).getT());
      }
    }
    file.removeStatistics();
    return file;
  }

  /// The running mean and variance of a batch normalisation, its fourth and fifth input, are not
  /// trained.
  private void removeStatistics() {
    for (NodeProto node : proto.getGraph().getNodeList()) {
      if (node.getOpType().equals("BatchNormalization")) {
        node.getInputList().stream().skip(3).forEach(weights::remove);
      }
    }
  }

  /// Floating-point tensors of more than one value are weights.
  private void addWeight(String name, TensorProto tensor) throws IOException {
    if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      addExternal(tensor);
    }
    boolean floating =
        tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE
            || tensor.getDataType() == TensorProto.DataType.FLOAT16_VALUE
            || tensor.getDataType() == TensorProto.DataType.DOUBLE_VALUE;
    long size = 1;
    for (long side : tensor.getDimsList()) {
      size = Math.multiplyExact(size, side);
    }
    if (floating && size > 1) {
      weights.put(name, size);
    }
  }

  /// Weights may lie in files beside the model, and nowhere else.
  private void addExternal(TensorProto tensor) throws IOException {
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      if (entry.getKey().equals("location")) {
        external.add(WeightFiles.beside(path, entry.getValue()));
      }
    }
  }

  /// The same file, with nodes added at the end of its graph.
  OnnxFile with(List<NodeProto> nodes) {
    return withNodes(Stream.concat(graph().getNodeList().stream(), nodes.stream()).toList());
  }

  /// The same file, with other nodes.
  OnnxFile withNodes(List<NodeProto> nodes) {
    ModelProto.Builder model = proto.toBuilder();
    model.getGraphBuilder().clearNode().addAllNode(nodes);
    OnnxFile file = new OnnxFile(path, model.build());
    file.external.addAll(external);
    return file;
  }

  Path path() {
    return path;
  }

  ModelProto proto() {
    return proto;
  }

  GraphProto graph() {
    return proto.getGraph();
  }

  /// The version of ONNX's own operators.
  long operatorSet() {
    return proto.getOpsetImportList().stream()
        .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
        .mapToLong(OperatorSetIdProto::getVersion)
        .max()
        .orElse(1);
  }

  boolean hasExternalData() {
    return !external.isEmpty();
  }

  /// The number of values of each weight, by name.
  Map<String, Long> weights() {
    return weights;
  }

  /// Of the file, then of each file of weights in the order of their names.
  String sha256() throws IOException {
    return WeightFiles.sha256(path, external);
  }

  /// The inputs that are not initialisers.
  List<ImageInput.Declared> inputs() {
    Set<String> initializers =
        graph().getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    return graph().getInputList().stream()
        .filter(input -> !initializers.contains(input.getName()))
        .map(OnnxFile::declared)
        .toList();
  }

  private static ImageInput.Declared declared(ValueInfoProto input) {
    TypeProto.Tensor type = input.getType().getTensorType();
    List<Integer> sides =
        type.getShape().getDimList().stream()
            .map(side -> Math.toIntExact(Math.max(0, side.getDimValue())))
            .toList();
    TensorProto.DataType element = TensorProto.DataType.forNumber(type.getElemType());
    return new ImageInput.Declared(input.getName(), String.valueOf(element), sides);
  }
}
