package topolip.profile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Wasserstein distances along the layers and what is derived from them.
///
/// Adjacent protocol: `distance[l]` is between layers l and l+1, L values for L+1 layers. Paired:
/// between layer l of the clean and of the perturbed samples, L+1 values.
///
/// @param rate `|W[l+1] − W[l]| / W[l]`, one fewer than distances; undefined where `W[l] = 0`
/// @param cumulative sums of the rates defined so far
/// @param quotient `W[l+1] / W[l]`, the empirical topological Lipschitz constant of layer l+1; null
///   unless the protocol is paired
/// @param endToEnd the last distance divided by the first; null unless paired
public record Series(
    Estimates distance,
    Estimates rate,
    Estimates cumulative,
    @Nullable Estimates quotient,
    @Nullable Estimate endToEnd,
    TopoLip topolip) {

  /// A number with its interval over subsamples; null where undefined.
  public record Estimate(@Nullable Double value, @Nullable Double low, @Nullable Double high) {}

  /// Numbers along the layers, each with its interval; null where undefined.
  public record Estimates(
      List<@Nullable Double> value, List<@Nullable Double> low, List<@Nullable Double> high) {

    public Estimate get(int index) {
      return new Estimate(value.get(index), low.get(index), high.get(index));
    }

    public int size() {
      return value.size();
    }
  }

  /// The TopoLip of a network: the largest rate, their mean (the headline), and their sum, over the
  /// rates that are defined.
  ///
  /// @param definedRates how many of the rates are
  /// @param rates how many there are
  public record TopoLip(Estimate max, Estimate mean, Estimate last, int definedRates, int rates) {

    /// Whether the numbers speak of every layer.
    public boolean definedThroughout() {
      return definedRates == rates;
    }
  }
}
