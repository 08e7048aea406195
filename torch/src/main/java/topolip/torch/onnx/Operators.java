package topolip.torch.onnx;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// All operators that there are, by name.
final class Operators {
  private static final Map<String, Operator> ALL =
      joined(
          List.of(
              ActivationFunctions.OPERATORS,
              Arithmetic.OPERATORS,
              Attentions.OPERATORS,
              Convolutions.OPERATORS,
              Creation.OPERATORS,
              Elementwise.OPERATORS,
              Indexing.OPERATORS,
              Normalizations.OPERATORS,
              Ordering.OPERATORS,
              Padding.OPERATORS,
              Pooling.OPERATORS,
              Products.OPERATORS,
              Reductions.OPERATORS,
              Resizing.OPERATORS,
              Shapes.OPERATORS));

  private Operators() {}

  private static Map<String, Operator> joined(List<Map<String, Operator>> tables) {
    Map<String, Operator> all = new TreeMap<>();
    for (Map<String, Operator> table : tables) {
      table.forEach((name, operator) -> {
        if (all.put(name, operator) != null) {
          throw new IllegalStateException("two operators are called " + name);
        }
      });
    }
    return all;
  }

  /// The operator of a node; null if there is none.
  static @Nullable Operator of(OnnxNode node) {
    return switch (node.domain()) {
      case "" -> ALL.get(node.operator());
      case Fusion.DOMAIN -> node.operator().equals(Fusion.LINEAR) ? Products.LINEAR : null;
      case "com.microsoft" -> Attentions.RUNTIME.get(node.operator());
      default -> null;
    };
  }

  /// Those of ONNX, in alphabetical order.
  static Set<String> names() {
    return ALL.keySet();
  }
}
