package topolip.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import topolip.model.ModelException;
import topolip.model.Tap;

/// The taps of a model, and which tensor holds the logits.
///
/// A tap is a float tensor between the input and the logits whose first axis is the batch. Types
/// and shapes are not inferred but seen, in runs on one and on two blank images (or as many as the
/// model takes), so that what exporters compute of shapes plays no role.
record OnnxTaps(List<Tap> taps, String logits) {

  static OnnxTaps find(OnnxFile file, ImageInput input, OnnxSessions sessions)
      throws ModelException {
    OnnxGraph graph = new OnnxGraph(file.graph());
    List<String> tensors = new ArrayList<>();
    graph
        .nodes()
        .forEach(node -> node.outputs().stream().filter(t -> !t.isEmpty()).forEach(tensors::add));
    int first = input.batch() == 0 ? 1 : input.batch();
    int second = input.batch() == 0 ? 2 : input.batch();
    Map<String, List<Integer>> shapes;
    Set<String> floats;
    try {
      Map<String, long[]> once = probe(input, sessions, tensors, first);
      Map<String, long[]> twice = first == second ? once : probe(input, sessions, tensors, second);
      floats = new HashSet<>(once.keySet());
      shapes = perSample(once, first, twice, second);
    } catch (OrtException e) {
      throw sessions.fault(e);
    }
    String logits = logits(file, shapes);
    floats.add(input.name());
    Set<String> relevant = graph.between(input.name(), logits, floats);
    if (!relevant.contains(input.name())) {
      throw new ModelException(
          file.path(), "computes its output %s from no image".formatted(logits));
    }
    Set<String> blocks = BlockOutputs.of(new Trunk(graph, input.name(), relevant));
    return new OnnxTaps(taps(file, input, graph, relevant, shapes, blocks), logits);
  }

  /// The shapes of the float tensors for a batch of blank images.
  private static Map<String, long[]> probe(
      ImageInput input, OnnxSessions sessions, List<String> tensors, int count)
      throws OrtException {
    float[] blank = new float[count * input.shape().values()];
    return sessions.inspect(
        tensors,
        blank,
        count,
        value ->
            value instanceof OnnxTensor tensor && tensor.getInfo().type == OnnxJavaType.FLOAT
                ? tensor.getInfo().getShape()
                : null);
  }

  /// The shapes without the batch of those tensors that begin with it, in both probes.
  private static Map<String, List<Integer>> perSample(
      Map<String, long[]> once, int first, Map<String, long[]> twice, int second) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    once.forEach((tensor, a) -> {
      long[] b = twice.get(tensor);
      if (b != null
          && a.length > 1
          && a.length == b.length
          && a[0] == first
          && b[0] == second
          && Arrays.equals(a, 1, a.length, b, 1, b.length)
          && Arrays.stream(a).allMatch(side -> side > 0)) {
        shapes.put(tensor, Arrays.stream(a).skip(1).mapToObj(Math::toIntExact).toList());
      }
    });
    return shapes;
  }

  /// The first output that has one value a class and sample.
  private static String logits(OnnxFile file, Map<String, List<Integer>> shapes)
      throws ModelException {
    return file.graph().getOutputList().stream()
        .map(ValueInfoProto::getName)
        .filter(output -> {
          List<Integer> shape = shapes.get(output);
          return shape != null
              && shape.getFirst() > 1
              && shape.stream().skip(1).allMatch(side -> side == 1);
        })
        .findFirst()
        .orElseThrow(() ->
            new ModelException(
                file.path(),
                "is no classifier: none of its outputs %s is float32 (batch, classes)"
                    .formatted(
                        file.graph().getOutputList().stream()
                            .map(ValueInfoProto::getName)
                            .toList())));
  }

  private static List<Tap> taps(
      OnnxFile file,
      ImageInput input,
      OnnxGraph graph,
      Set<String> relevant,
      Map<String, List<Integer>> shapes,
      Set<String> blocks) {
    List<Integer> image =
        List.of(input.shape().channels(), input.shape().height(), input.shape().width());
    List<Tap> taps = new ArrayList<>();
    taps.add(new Tap(0, input.name(), "input", image, 0, true));
    Set<String> counted = new HashSet<>();
    long pending = 0;
    for (OnnxGraph.Node node : graph.nodes()) {
      for (String tensor : node.inputs()) {
        if (counted.add(tensor)) {
          pending += file.weights().getOrDefault(tensor, 0L);
        }
      }
      for (String output : node.outputs()) {
        if (relevant.contains(output) && shapes.containsKey(output)) {
          List<Integer> shape = Objects.requireNonNull(shapes.get(output));
          taps.add(
              new Tap(
                  taps.size(), output, node.operation(), shape, pending, blocks.contains(output)));
          pending = 0;
        }
      }
    }
    return taps;
  }
}
