package topolip.torch.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The documentation of supported operators, out of a run of ONNX's conformance suite.
final class ConformanceTable {
  private ConformanceTable() {}

  static String markdown(List<Conformance.Outcome> outcomes) {
    long passed = count(outcomes, Conformance.Kind.PASSED);
    long left = count(outcomes, Conformance.Kind.UNSUPPORTED);
    StringBuilder text = new StringBuilder(head(outcomes.size(), passed, left));
    for (String operator : Operators.names()) {
      text.append(row(operator, outcomes)).append('\n');
    }
    text.append("\n## Not supported\n\nOperators of the suite, with the number of its tests:\n\n");
    return text.append(missing(outcomes)).append(".\n").toString();
  }

  private static String head(int tests, long passed, long left) {
    return """
    # Operators of differentiable ONNX models

    Which operators of ONNX (default domain) run with gradients on libtorch. This file is written by
    a test that runs the %d node tests of ONNX's conformance suite, version 1.14, and fails when it
    no longer says what happened: %d pass, %d are left out since they need an operator or a type
    that is not supported, none fail.

    Types: float32, float64, float16, bool, uint8, and signed integers of 8 to 64 bits.

    *Passed* counts the tests whose graph has the operator, *left out* those with it that were not
    run, and why. Operators without a test in that suite, and older operator sets, are compared with
    ONNX Runtime in `OperatorSetsTest` and `AttentionsTest`. Gradients of operators of every kind are
    compared with central differences in `GradientsTest`.

    Of ONNX Runtime's own operators (domain `com.microsoft`) there are `Attention` and
    `MultiHeadAttention`, without a cache and masks of places.

    | operator | passed | left out | because of |
    |---|---|---|---|
    """
        .formatted(tests, passed, left);
  }

  private static long count(List<Conformance.Outcome> outcomes, Conformance.Kind kind) {
    return outcomes.stream().filter(outcome -> outcome.kind() == kind).count();
  }

  private static String row(String operator, List<Conformance.Outcome> outcomes) {
    List<Conformance.Outcome> own =
        outcomes.stream().filter(outcome -> outcome.operators().contains(operator)).toList();
    SortedSet<String> reasons = new TreeSet<>();
    for (Conformance.Outcome outcome : own) {
      if (outcome.kind() == Conformance.Kind.UNSUPPORTED) {
        reasons.add(outcome.reason());
      }
    }
    long passed = count(own, Conformance.Kind.PASSED);
    String why = own.isEmpty() ? "compared with ONNX Runtime" : String.join("; ", reasons);
    return "| %s | %d | %d | %s |".formatted(operator, passed, own.size() - passed, why);
  }

  private static String missing(List<Conformance.Outcome> outcomes) {
    Map<String, Integer> missing = new TreeMap<>();
    for (Conformance.Outcome outcome : outcomes) {
      List<String> foreign = new ArrayList<>(outcome.operators());
      foreign.removeAll(Operators.names());
      foreign.forEach(operator -> missing.merge(operator, 1, Integer::sum));
    }
    return missing.entrySet().stream()
        .map(entry -> "%s (%d)".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
