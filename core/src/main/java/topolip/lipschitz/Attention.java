package topolip.lipschitz;

import java.util.List;
import java.util.function.UnaryOperator;

/// Attention of several heads as a map of measures: Γ_μ = Σ_h Γ^h_μ, each head's values having been
/// multiplied by its part O_h of the output projection.
///
/// @param heads at least one, of equal dimension and width
public record Attention(List<AttentionHead> heads) {

  public Attention {
    if (heads.isEmpty()) {
      throw new IllegalArgumentException("attention needs a head");
    }
    for (AttentionHead head : heads) {
      if (head.dimension() != heads.getFirst().dimension()
          || head.width() != heads.getFirst().width()) {
        throw new IllegalArgumentException(
            "heads from %d to %d and from %d to %d"
                .formatted(
                    heads.getFirst().dimension(),
                    heads.getFirst().width(),
                    head.dimension(),
                    head.width()));
      }
    }
    heads = List.copyOf(heads);
  }

  /// The dimension of tokens.
  public int dimension() {
    return heads.getFirst().dimension();
  }

  /// The dimension of its outputs.
  public int width() {
    return heads.getFirst().width();
  }

  /// x ↦ Γ_μ(x).
  ///
  /// @throws IllegalArgumentException if the measure has another dimension
  public UnaryOperator<double[]> at(DiscreteMeasure measure) {
    List<UnaryOperator<double[]>> maps = heads.stream().map(head -> head.at(measure)).toList();
    return x -> {
      double[] sum = new double[width()];
      maps.forEach(map -> Vectors.add(1, map.apply(x), sum));
      return sum;
    };
  }

  /// F(μ) = (Γ_μ)_♯ μ.
  ///
  /// @throws IllegalArgumentException if the measure has another dimension
  public DiscreteMeasure apply(DiscreteMeasure measure) {
    return measure.pushforward(at(measure));
  }
}
