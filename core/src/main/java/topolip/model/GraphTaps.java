package topolip.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The taps of a network that is a graph, and which tensor holds the logits.
///
/// A tap is a float tensor between the input and the logits whose first axis is the batch. Types
/// and shapes are not inferred but seen, in runs on one and on two blank images (or as many as the
/// model takes), so that what exporters compute of shapes plays no role.
public record GraphTaps(List<Tap> taps, String logits) {

  public GraphTaps {
    taps = List.copyOf(taps);
  }

  /// What a graph is said to be.
  ///
  /// @param outputs their names
  /// @param weights the number of values of each, by name
  public record Declared(
      Path file,
      DataFlow flow,
      ImageInput input,
      List<String> outputs,
      Map<String, Long> weights) {}

  /// What was seen in a run: the shapes of all float tensors.
  ///
  /// @param batch of how many images
  public record Seen(int batch, Map<String, long[]> shapes) {}

  /// @throws ModelException if no output is one of a classifier of images
  public static GraphTaps find(Declared graph, Seen once, Seen twice) throws ModelException {
    Map<String, List<Integer>> shapes = perSample(once, twice);
    String logits = logits(graph, shapes);
    String input = graph.input.name();
    Set<String> floats = new HashSet<>(once.shapes.keySet());
    floats.add(input);
    Set<String> relevant = graph.flow.between(input, logits, floats);
    if (!relevant.contains(input)) {
      throw new ModelException(
          graph.file, "computes its output %s from no image".formatted(logits));
    }
    Set<String> blocks = BlockOutputs.of(new Trunk(graph.flow, input, relevant));
    return new GraphTaps(taps(graph, relevant, shapes, blocks), logits);
  }

  /// The shapes without the batch of those tensors that begin with it, in both runs.
  private static Map<String, List<Integer>> perSample(Seen once, Seen twice) {
    Map<String, List<Integer>> shapes = new LinkedHashMap<>();
    once.shapes.forEach((tensor, a) -> {
      long[] b = twice.shapes.get(tensor);
      if (b != null
          && a.length > 1
          && a.length == b.length
          && a[0] == once.batch
          && b[0] == twice.batch
          && Arrays.equals(a, 1, a.length, b, 1, b.length)
          && Arrays.stream(a).allMatch(side -> side > 0)) {
        shapes.put(tensor, Arrays.stream(a).skip(1).mapToObj(Math::toIntExact).toList());
      }
    });
    return shapes;
  }

  /// The first output that has one value a class and sample.
  private static String logits(Declared graph, Map<String, List<Integer>> shapes)
      throws ModelException {
    return graph.outputs.stream()
        .filter(output -> {
          List<Integer> shape = shapes.get(output);
          return shape != null
              && shape.getFirst() > 1
              && shape.stream().skip(1).allMatch(side -> side == 1);
        })
        .findFirst()
        .orElseThrow(() ->
            new ModelException(
                graph.file,
                "is no classifier: none of its outputs %s is float32 (batch, classes)"
                    .formatted(graph.outputs)));
  }

  private static List<Tap> taps(
      Declared graph, Set<String> relevant, Map<String, List<Integer>> shapes, Set<String> blocks) {
    ImageInput input = graph.input;
    List<Integer> image =
        List.of(input.shape().channels(), input.shape().height(), input.shape().width());
    List<Tap> taps = new ArrayList<>();
    taps.add(new Tap(0, input.name(), "input", image, 0, true));
    Set<String> counted = new HashSet<>();
    long pending = 0;
    for (DataFlow.Node node : graph.flow.nodes()) {
      for (String tensor : node.inputs()) {
        if (counted.add(tensor)) {
          pending += graph.weights.getOrDefault(tensor, 0L);
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
