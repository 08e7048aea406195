package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import topolip.model.ModelException;

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
}
