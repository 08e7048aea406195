package topolip.lipschitz;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/// Upper bounds of the Lipschitz constants of a network's tensors as functions of one of them,
/// composed layer by layer: products along chains (or [ECLipsE-Fast][Cascade], where that is less),
/// sums where paths are added, roots of sums of squares where they stand beside each other.
public final class Composition {
  private static final String SOURCE = "composition";

  private final Map<String, Double> logarithms = new LinkedHashMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final Set<String> elsewhere = new HashSet<>();

  /// The fully connected layers that end in a tensor.
  private final Map<String, Cascade> cascades = new HashMap<>();

  /// Those whose activation makes a tensor.
  private final Map<String, Cascade> activated = new HashMap<>();

  private Composition() {}

  /// Composes what lies behind a tensor.
  ///
  /// @param source the graph's input, or a tensor of it
  /// @param region of the images for which the bounds hold
  /// @throws IllegalArgumentException if the graph has no such tensor
  public static Composition of(LayerGraph graph, String source, InputRegion region) {
    return of(graph, source, region, "");
  }

  /// The bound of one tensor as a function of another one; null as in [#at].
  ///
  /// @throws IllegalArgumentException if the graph has no such source
  public static @Nullable Bound between(
      LayerGraph graph, String source, String target, InputRegion region) {
    return of(graph, source, region, target).at(target);
  }

  /// @param last the tensor behind which nothing is asked for
  private static Composition of(LayerGraph graph, String source, InputRegion region, String last) {
    Composition composition = new Composition();
    boolean begun = source.equals(graph.input());
    if (begun) {
      composition.logarithms.put(source, 0.0);
    } else {
      composition.elsewhere.add(graph.input());
    }
    for (LayerGraph.Node node : graph.nodes()) {
      if (node.output().equals(source)) {
        composition.logarithms.put(source, 0.0);
        begun = true;
      } else {
        composition.add(node, region);
      }
      if (node.output().equals(last)) {
        break;
      }
    }
    composition.cascades.clear();
    composition.activated.clear();
    if (!begun) {
      throw new IllegalArgumentException("the network has no tensor " + source);
    }
    return composition;
  }

  private void add(LayerGraph.Node node, InputRegion region) {
    if (node.inputs().stream().anyMatch(elsewhere::contains)) {
      elsewhere.add(node.output());
      return;
    }
    double logarithm = logarithm(node, region);
    if (node.layer() instanceof Layer.Map map) {
      logarithm = Math.min(logarithm, cascaded(node, map));
    }
    logarithms.put(node.output(), logarithm);
    if (logarithm == Double.POSITIVE_INFINITY) {
      reasons.put(node.output(), reason(node));
    }
  }

  private double logarithm(LayerGraph.Node node, InputRegion region) {
    double[] inputs =
        node.inputs().stream()
            .mapToDouble(name -> Objects.requireNonNull(logarithms.get(name)))
            .toArray();
    return switch (node.layer()) {
      case Layer.Map(Bound constant, _, _) -> product(constant.logarithm(), inputs[0]);
      case Layer.RowNormalisation layer -> {
        double deviation = region.deviations().getOrDefault(node.output(), 0.0);
        yield product(layer.constant(deviation).logarithm(), inputs[0]);
      }
      case Layer.Sum(List<Double> gains) -> sum(repeated(inputs, gains), x -> x);
      case Layer.Stack stack -> sum(repeated(inputs, stack.gains()), x -> 2 * x) / 2;
      case Layer.Attention attention ->
          attention(attention, Objects.requireNonNull(region.radii().get(node.output())), inputs);
      case Layer.Unbounded _ -> Double.POSITIVE_INFINITY;
    };
  }

  /// The bound of the fully connected layers that end here, if there are several.
  private double cascaded(LayerGraph.Node node, Layer.Map layer) {
    String input = node.inputs().getFirst();
    @Nullable Cascade before = cascades.get(input);
    @Nullable Cascade active = activated.get(input);
    @Nullable Cascade here =
        switch (layer.form()) {
          case Layer.Form.Rows(Supplier<DMatrixRMaj> weights) -> {
            Cascade longer = active == null ? null : active.then(node.width(), weights);
            yield longer == null
                ? Cascade.of(input, node.width(), weights, layer.constant().logarithm())
                : longer;
          }
          case Layer.Form.Translation _ -> before;
          case Layer.Form.Gentle _ -> {
            if (before != null) {
              activated.put(node.output(), before);
            }
            yield null;
          }
          case Layer.Form.Other _ -> null;
        };
    if (here == null) {
      return Double.POSITIVE_INFINITY;
    }
    cascades.put(node.output(), here);
    return product(here.logarithm(), Objects.requireNonNull(logarithms.get(here.source())));
  }

  private static double attention(Layer.Attention layer, Radii radii, double[] inputs) {
    double queries = Math.log(layer.queries()) / 2;
    double scale = Math.log(Math.abs(layer.scale()));
    double q = Math.log(radii.queries());
    double k = Math.log(radii.keys());
    double v = Math.log(radii.values());
    return sum(
        new double[] {
          product(queries, inputs[2]),
          product(scale, v, k, inputs[0]),
          product(scale, queries, q, v, inputs[1])
        },
        x -> x);
  }

  private static double[] repeated(double[] inputs, List<Double> gains) {
    double[] repeated = new double[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      repeated[i] = product(Math.log(gains.get(i)), inputs[i]);
    }
    return repeated;
  }

  private static double sum(double[] logarithms, ToDoubleFunction<Double> power) {
    double sum = Double.NEGATIVE_INFINITY;
    for (double x : logarithms) {
      sum = Logarithms.sum(sum, power.applyAsDouble(x));
    }
    return sum;
  }

  /// Of a product in which 0 makes 0 whatever the other factors.
  private static double product(double... logarithms) {
    double sum = 0;
    for (double x : logarithms) {
      if (x == Double.NEGATIVE_INFINITY) {
        return x;
      }
      sum += x;
    }
    return sum;
  }

  private String reason(LayerGraph.Node node) {
    for (String input : node.inputs()) {
      String earlier = reasons.get(input);
      if (earlier != null) {
        return earlier;
      }
    }
    String what =
        switch (node.layer()) {
          case Layer.Unbounded(String reason) -> reason;
          case Layer.Attention _ -> "attention without a radius has no finite constant";
          case Layer.Map(Bound constant, _, _) -> constant.source();
          case Layer.RowNormalisation _ -> "ε is 0";
          case Layer.Sum _, Layer.Stack _ -> "overflow";
        };
    return "%s (%s): %s".formatted(node.output(), node.operation(), what);
  }

  /// The bound at a tensor: an upper one; null if the tensor is not computed from the source, or
  /// not from the source alone.
  public @Nullable Bound at(String tensor) {
    Double logarithm = logarithms.get(tensor);
    return logarithm == null ? null : new Bound(Bound.Kind.UPPER, logarithm, SOURCE);
  }

  /// The first layer without a finite constant on the way to a tensor, with the reason; null if
  /// there is none.
  public @Nullable String unboundedLayer(String tensor) {
    return reasons.get(tensor);
  }
}
