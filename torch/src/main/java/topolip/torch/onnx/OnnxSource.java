package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import topolip.model.DataFlow;
import topolip.model.ImageInput;
import topolip.model.ModelException;
import topolip.model.WeightFiles;

/// An ONNX file as read, all of whose operators are known.
record OnnxSource(Path file, GraphProto graph, List<OnnxNode> nodes) {

  OnnxSource {
    nodes = List.copyOf(nodes);
  }

  /// @throws ModelException if it is no ONNX model
  /// @throws UnsupportedOperatorsException if it needs what is not supported
  static OnnxSource read(Path file) throws IOException {
    ModelProto model;
    try (InputStream in = Files.newInputStream(file)) {
      model = ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new ModelException(file, "is no ONNX model, or a damaged one", e);
    }
    if (model.getGraph().getNodeCount() == 0) {
      throw new ModelException(file, "is no ONNX model: it has no graph");
    }
    Map<String, Long> opsets = new HashMap<>();
    model
        .getOpsetImportList()
        .forEach(opset ->
            opsets.put(
                opset.getDomain().equals("ai.onnx") ? "" : opset.getDomain(), opset.getVersion()));
    List<OnnxNode> nodes =
        model.getGraph().getNodeList().stream().map(node -> OnnxNode.of(node, opsets)).toList();
    requireSupported(file, model.getGraph(), nodes);
    return new OnnxSource(file, model.getGraph(), nodes);
  }

  private static void requireSupported(Path file, GraphProto graph, List<OnnxNode> nodes)
      throws UnsupportedOperatorsException {
    Map<String, List<String>> missing = new TreeMap<>();
    for (OnnxNode node : nodes) {
      String limit = Limits.of(node);
      if (limit != null) {
        missing.computeIfAbsent(limit, _ -> new ArrayList<>()).add(node.name());
      }
    }
    for (TensorProto tensor : graph.getInitializerList()) {
      if (!ElementTypes.supported(tensor.getDataType())) {
        missing
            .computeIfAbsent(
                "tensors of " + ElementTypes.name(tensor.getDataType()), _ -> new ArrayList<>())
            .add(tensor.getName());
      }
    }
    if (!missing.isEmpty()) {
      throw new UnsupportedOperatorsException(file, missing);
    }
  }

  /// The data flow of the graph.
  DataFlow flow() {
    List<DataFlow.Node> flow = new ArrayList<>();
    for (OnnxNode node : nodes) {
      flow.add(new DataFlow.Node(flow.size(), node.operator(), node.inputs(), node.outputs()));
    }
    return new DataFlow(flow);
  }

  /// The inputs that are not initialisers.
  List<ImageInput.Declared> inputs() {
    Set<String> initializers =
        graph.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
    return graph.getInputList().stream()
        .filter(input -> !initializers.contains(input.getName()))
        .map(OnnxSource::declared)
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

  List<String> outputs() {
    return graph.getOutputList().stream().map(ValueInfoProto::getName).toList();
  }

  /// The number of values of each floating-point tensor of more than one value, by name; the
  /// running mean and variance of a batch normalisation are not trained, and left out.
  Map<String, Long> weights() {
    Map<String, Long> weights = new HashMap<>();
    constants()
        .forEach((name, tensor) -> {
          long size = tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
          boolean floating =
              switch (tensor.getDataType()) {
                case DataType.FLOAT_VALUE, DataType.FLOAT16_VALUE, DataType.DOUBLE_VALUE -> true;
                default -> false;
              };
          if (floating && size > 1) {
            weights.put(name, size);
          }
        });
    for (OnnxNode node : nodes) {
      if (node.operator().equals("BatchNormalization")) {
        node.inputs().stream().skip(3).forEach(weights::remove);
      }
    }
    return weights;
  }

  /// Initialisers and the values of `Constant` nodes.
  private Map<String, TensorProto> constants() {
    Map<String, TensorProto> constants = new HashMap<>();
    graph.getInitializerList().forEach(tensor -> constants.put(tensor.getName(), tensor));
    for (OnnxNode node : nodes) {
      if (node.operator().equals("Constant") && node.has("value")) {
        constants.put(node.outputs().getFirst(), node.attribute("value").getT());
      }
    }
    return constants;
  }

  /// SHA-256 of the file and the files of weights beside it, in hexadecimal.
  String sha256() throws IOException {
    TreeSet<Path> external = new TreeSet<>();
    for (TensorProto tensor : constants().values()) {
      for (StringStringEntryProto entry : tensor.getExternalDataList()) {
        if (entry.getKey().equals("location")) {
          external.add(WeightFiles.beside(file, entry.getValue()));
        }
      }
    }
    return WeightFiles.sha256(file, external);
  }
}
