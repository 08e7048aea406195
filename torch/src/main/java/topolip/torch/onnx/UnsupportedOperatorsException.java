package topolip.torch.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A network with operators that cannot be differentiated here: all of them, and where they are.
///
/// ONNX Runtime may still run it.
public final class UnsupportedOperatorsException extends IOException {
  private static final long serialVersionUID = 1;
  private static final int NAMED = 3;

  private final TreeMap<String, ArrayList<String>> operators;

  /// @param operators what is missing, such as `Loop` or `MaxPool with indices`, and the names of
  ///   the nodes that want it
  UnsupportedOperatorsException(Path file, Map<String, List<String>> operators) {
    super("%s: needs operators that are not supported: %s".formatted(file, listed(operators)));
    this.operators = new TreeMap<>();
    operators.forEach((operator, nodes) -> this.operators.put(operator, new ArrayList<>(nodes)));
  }

  /// The names of the nodes by what is missing.
  public SortedMap<String, List<String>> operators() {
    SortedMap<String, List<String>> copy = new TreeMap<>();
    operators.forEach((operator, nodes) -> copy.put(operator, List.copyOf(nodes)));
    return copy;
  }

  private static String listed(Map<String, List<String>> operators) {
    List<String> parts = new ArrayList<>();
    new TreeMap<>(operators)
        .forEach((operator, nodes) -> {
          String names = String.join(", ", nodes.subList(0, Math.min(NAMED, nodes.size())));
          String more = nodes.size() > NAMED ? ", …" : "";
          parts.add("%s (%d: %s%s)".formatted(operator, nodes.size(), names, more));
        });
    return String.join("; ", parts);
  }
}
