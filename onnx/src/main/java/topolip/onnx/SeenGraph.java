package topolip.onnx;

import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import topolip.model.ImageInput;
import topolip.model.ModelException;

/// A graph with all that does not depend on the image, seen in one run on one blank image: the
/// shapes of tensors, and the values of those that are the same for all images.
///
/// What exporters compute of weights and shapes is thereby folded by ONNX Runtime, not by rules.
final class SeenGraph {
  private static final String COPY = "topolip/copy/";

  private final List<GraphNode> nodes;
  private final Map<String, GraphNode> makers = new HashMap<>();
  private final Set<String> dependent;
  private final Map<String, long[]> shapes;
  private final Map<String, Constant> constants;

  private SeenGraph(
      List<GraphNode> nodes,
      Set<String> dependent,
      Map<String, long[]> shapes,
      Map<String, Constant> constants) {
    this.nodes = nodes;
    this.dependent = dependent;
    this.shapes = shapes;
    this.constants = constants;
    nodes.forEach(node -> node.outputs().forEach(output -> makers.put(output, node)));
  }

  /// @throws ModelException if the graph cannot be run
  static SeenGraph of(OnnxFile file, ImageInput input) throws ModelException {
    List<GraphNode> nodes = file.graph().getNodeList().stream().map(GraphNode::of).toList();
    Set<String> dependent = dependent(file, input.name());
    List<String> fixed = new ArrayList<>();
    List<String> varying = new ArrayList<>();
    for (GraphNode node : nodes) {
      for (String output : node.outputs()) {
        if (!output.isEmpty()) {
          (dependent.contains(output) ? varying : fixed).add(output);
        }
      }
    }
    int count = Math.max(1, input.batch());
    float[] blank = new float[count * input.shape().values()];
    List<String> names =
        file.graph().getInitializerList().stream().map(TensorProto::getName).toList();
    fixed.addAll(names.stream().map(COPY::concat).toList());
    try (OnnxSessions sessions = new OnnxSessions(withCopies(file, names), input, 1)) {
      Map<String, Constant> constants = new HashMap<>();
      sessions
          .inspect(fixed, blank, count, Constant::of)
          .forEach((name, constant) ->
              constants.put(
                  name.startsWith(COPY) ? name.substring(COPY.length()) : name, constant));
      Map<String, long[]> shapes =
          new HashMap<>(
              sessions.inspect(
                  varying,
                  blank,
                  count,
                  value -> value instanceof OnnxTensor t ? t.getInfo().getShape() : null));
      shapes.put(input.name(), input.axes(count));
      return new SeenGraph(nodes, dependent, shapes, constants);
    } catch (OrtException e) {
      throw new ModelException(file.path(), OnnxSessions.reason(e), e);
    }
  }

  /// The tensors whose values depend on the image: shapes do not.
  private static Set<String> dependent(OnnxFile file, String input) {
    Set<String> dependent = new HashSet<>(Set.of(input));
    OnnxGraph.flow(file.graph())
        .nodes()
        .forEach(node -> {
          boolean shape = node.operation().equals("Shape") || node.operation().equals("Size");
          if (!shape && node.inputs().stream().anyMatch(dependent::contains)) {
            dependent.addAll(node.outputs());
          }
        });
    dependent.remove(""); // an output that is left out
    return dependent;
  }

  /// Initialisers are no outputs: copies of them are.
  private static OnnxFile withCopies(OnnxFile file, List<String> names) {
    return file.with(
        names.stream()
            .map(name ->
                NodeProto.newBuilder()
                    .setOpType("Identity")
                    .setName(COPY + name)
                    .addInput(name)
                    .addOutput(COPY + name)
                    .build())
            .toList());
  }

  /// In topological order.
  List<GraphNode> nodes() {
    return nodes;
  }

  boolean isDependent(String tensor) {
    return dependent.contains(tensor);
  }

  /// The node that makes a tensor; null for inputs and initialisers.
  @Nullable GraphNode maker(String tensor) {
    return makers.get(tensor);
  }

  /// The value of a tensor that does not depend on the image; null if it does, is left out, or
  /// holds no numbers.
  @Nullable Constant constant(String tensor) {
    return constants.get(tensor);
  }

  boolean hasShape(String tensor) {
    return shapes.containsKey(tensor);
  }

  /// The shape of a tensor that depends on the image, for one image.
  long[] shape(String tensor) {
    return Objects.requireNonNull(shapes.get(tensor), tensor);
  }

  /// The length of its last axis.
  int width(String tensor) {
    long[] shape = shape(tensor);
    return shape.length == 0 ? 1 : Math.toIntExact(shape[shape.length - 1]);
  }

  /// The number of its values.
  static long size(long[] shape) {
    long size = 1;
    for (long side : shape) {
      size = Math.multiplyExact(size, side);
    }
    return size;
  }
}
