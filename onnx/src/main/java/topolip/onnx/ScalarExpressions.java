package topolip.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Dual;
import topolip.lipschitz.Growth;
import topolip.lipschitz.SteepestSlope;

/// Nodes that together apply one function of one number to each entry of an activation, such as the
/// five that exporters write GELU with: their constant is that of the function, not of the parts,
/// among which there are products of activations.
final class ScalarExpressions {
  private final SeenGraph graph;
  private final Map<String, Expression> expressions = new HashMap<>();

  /// @param root the activation
  /// @param function of its entries
  private record Expression(String root, UnaryOperator<Dual> function) {}

  ScalarExpressions(SeenGraph graph) {
    this.graph = graph;
  }

  /// The function that a node ends; null if it ends none.
  @Nullable Recognised recognise(GraphNode node) {
    Expression whole = expression(node.output());
    if (whole.root.equals(node.output())) {
      return null;
    }
    double slope = SteepestSlope.of(whole.function);
    if (slope == Double.POSITIVE_INFINITY) {
      return Recognised.unbounded(
          List.of(whole.root), "the slope of %s is not bounded".formatted(node.operation()));
    }
    double atZero = Math.abs(whole.function.apply(Dual.variable(0)).value());
    return Recognised.map(
        whole.root,
        Bound.Kind.UPPER,
        slope,
        "steepest slope",
        Growth.elementwise(slope, atZero, graph.width(node.output())));
  }

  /// A tensor as a function of another one, itself if it is no other's.
  private Expression expression(String tensor) {
    Expression known = expressions.get(tensor);
    if (known == null) {
      known = found(tensor);
      expressions.put(tensor, known);
    }
    return known;
  }

  private Expression found(String tensor) {
    Expression itself = new Expression(tensor, x -> x);
    GraphNode node = graph.maker(tensor);
    if (node == null || !graph.isDependent(tensor) || node.outputs().size() > 1) {
      return itself;
    }
    UnaryOperator<Dual> function = ScalarOperators.of(node);
    if (function != null) {
      return then(expression(node.input(0)), function);
    }
    Expression binary =
        switch (node.operation()) {
          case "Add" -> binary(node, Dual::plus);
          case "Sub" -> binary(node, Dual::minus);
          case "Mul" -> binary(node, Dual::times);
          case "Div" -> binary(node, Dual::over);
          case "Pow" -> power(node);
          case "Clip" -> clip(node);
          default -> null;
        };
    return binary == null ? itself : binary;
  }

  private static Expression then(Expression first, UnaryOperator<Dual> function) {
    return new Expression(first.root, x -> function.apply(first.function.apply(x)));
  }

  /// Of two functions of one activation, or of one and a number.
  private @Nullable Expression binary(GraphNode node, BinaryOperator<Dual> operation) {
    Constant left = graph.constant(node.input(0));
    Constant right = graph.constant(node.input(1));
    if (left != null) {
      Dual number = left.isScalar() ? Dual.constant(left.scalar()) : null;
      return number == null
          ? null
          : then(expression(node.input(1)), x -> operation.apply(number, x));
    }
    if (right != null) {
      Dual number = right.isScalar() ? Dual.constant(right.scalar()) : null;
      return number == null
          ? null
          : then(expression(node.input(0)), x -> operation.apply(x, number));
    }
    Expression a = expression(node.input(0));
    Expression b = expression(node.input(1));
    return a.root.equals(b.root) && graph.hasShape(a.root)
        ? new Expression(a.root, x -> operation.apply(a.function.apply(x), b.function.apply(x)))
        : null;
  }

  private @Nullable Expression power(GraphNode node) {
    Constant exponent = graph.constant(node.input(1));
    return exponent == null || !exponent.isScalar()
        ? null
        : then(expression(node.input(0)), x -> x.power(exponent.scalar()));
  }

  /// Limits are inputs, or in old versions attributes.
  private @Nullable Expression clip(GraphNode node) {
    double low = limit(node, 1, node.real("min", Double.NEGATIVE_INFINITY));
    double high = limit(node, 2, node.real("max", Double.POSITIVE_INFINITY));
    return Double.isNaN(low) || Double.isNaN(high)
        ? null
        : then(expression(node.input(0)), x -> x.clipped(low, high));
  }

  private double limit(GraphNode node, int input, double otherwise) {
    if (node.input(input).isEmpty()) {
      return otherwise;
    }
    Constant constant = graph.constant(node.input(input));
    return constant == null || !constant.isScalar() ? Double.NaN : constant.scalar();
  }
}
