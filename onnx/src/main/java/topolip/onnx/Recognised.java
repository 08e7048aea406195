package topolip.onnx;

import java.util.List;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Growth;
import topolip.lipschitz.Layer;

/// A node as a layer, with the tensors that the layer reads.
record Recognised(Layer layer, List<String> inputs) {

  static Recognised map(String input, Layer.Map layer) {
    return new Recognised(layer, List.of(input));
  }

  static Recognised map(
      String input, Bound.Kind kind, double constant, String source, Growth growth) {
    return map(input, new Layer.Map(Bound.of(kind, constant, source), growth));
  }

  /// Entries are moved, or left out.
  static Recognised moved(String input, Growth growth) {
    return map(input, Bound.Kind.EXACT, 1, "entries are moved", growth);
  }

  static Recognised unbounded(List<String> inputs, String reason) {
    return new Recognised(new Layer.Unbounded(reason), inputs);
  }
}
