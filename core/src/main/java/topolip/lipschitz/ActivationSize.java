package topolip.lipschitz;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// How large activations can be at all images in [0, 1]: an upper bound, layer by layer.
///
/// @param row the Euclidean norm of what lies along the last axis
/// @param entry the size of one value
record ActivationSize(double row, double entry) {

  /// The sizes of all tensors of a network.
  static Map<String, ActivationSize> of(LayerGraph graph) {
    Map<String, ActivationSize> sizes = new HashMap<>();
    sizes.put(graph.input(), within(Double.POSITIVE_INFINITY, 1, graph.width()));
    for (LayerGraph.Node node : graph.nodes()) {
      List<ActivationSize> inputs =
          node.inputs().stream().map(name -> Objects.requireNonNull(sizes.get(name))).toList();
      sizes.put(node.output(), after(node, inputs));
    }
    return sizes;
  }

  private static ActivationSize after(LayerGraph.Node node, List<ActivationSize> inputs) {
    return switch (node.layer()) {
      case Layer.Map(_, Growth growth, _) -> grown(growth, inputs.getFirst(), node.width());
      case Layer.RowNormalisation layer -> grown(layer.growth(), inputs.getFirst(), node.width());
      case Layer.Sum(List<Double> gains) ->
          within(
              IntStream.range(0, inputs.size())
                  .mapToDouble(i -> inputs.get(i).repeatedRow(gains.get(i), node.width()))
                  .sum(),
              inputs.stream().mapToDouble(ActivationSize::entry).sum(),
              node.width());
      case Layer.Stack stack ->
          within(
              stack.rows()
                  ? inputs.stream().mapToDouble(ActivationSize::row).max().orElseThrow()
                  : Double.POSITIVE_INFINITY,
              Math.max(
                  stack.constantEntry(),
                  inputs.stream().mapToDouble(ActivationSize::entry).max().orElseThrow()),
              node.width());
      // A head's rows are means of rows of its values; heads in a row may pick different ones.
      case Layer.Attention attention ->
          within(
              Math.sqrt(attention.heads()) * inputs.get(2).row, inputs.get(2).entry, node.width());
      case Layer.Unbounded _ ->
          new ActivationSize(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    };
  }

  private static ActivationSize grown(Growth growth, ActivationSize input, int width) {
    double row = times(growth.rowGain(), input.row) + growth.rowShift();
    double entry =
        Math.min(times(growth.rowEntryGain(), input.row), times(growth.entryGain(), input.entry))
            + growth.entryShift();
    return within(row, entry, width);
  }

  /// A gain of 0 forgets even what is not bounded.
  private static double times(double gain, double size) {
    return gain == 0 || size == 0 ? 0 : gain * size;
  }

  /// The size of a row if it may be made of repeated entries.
  private double repeatedRow(double gain, int width) {
    return gain > 1 ? Math.sqrt(width) * entry : row;
  }

  private static ActivationSize within(double row, double entry, int width) {
    return new ActivationSize(Math.min(row, Math.sqrt(width) * entry), Math.min(entry, row));
  }
}
