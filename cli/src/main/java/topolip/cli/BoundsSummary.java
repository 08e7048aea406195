package topolip.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Certificate;
import topolip.lipschitz.Clever;
import topolip.report.Numbers;

/// Bounds of networks on the screen.
final class BoundsSummary {
  private BoundsSummary() {}

  static String of(BoundsResult result) {
    return result.models().stream().map(BoundsSummary::of).collect(Collectors.joining("\n\n"));
  }

  private static String of(BoundsResult.OfModel model) {
    Table table =
        new Table(
            "layer", "bound", "on sample", "found", "bound/found", "block", "found", "block/found");
    for (BoundsResult.Layer layer : model.layers()) {
      table.add(
          layer.name(),
          number(layer.bound()),
          number(layer.boundOnSample()),
          number(layer.found()),
          power(layer.tightness()),
          number(layer.block()),
          number(layer.foundInBlock()),
          power(layer.blockTightness()));
    }
    return model.name()
        + "\n\n"
        + table
        + "\n"
        + vacuous(model)
        + untapped(model.layers().getLast().untapped())
        + certificates(model.certificates())
        + clever(model.clever());
  }

  /// An infinite bound is written so; one that is missing, as nothing.
  private static String number(BoundsResult.@Nullable Constant number) {
    if (number == null) {
      return "";
    }
    return number.value() == null && number.log10() == null ? "infinite" : power(number.log10());
  }

  /// `10^x` where the number is large.
  private static String power(@Nullable Double log10) {
    if (log10 == null) {
      return "";
    }
    return log10 < 6
        ? Numbers.number(Math.pow(10, log10))
        : String.format(Locale.ROOT, "10^%.1f", log10);
  }

  /// The first bound that says nothing, and what makes it so.
  private static String vacuous(BoundsResult.OfModel model) {
    for (BoundsResult.Layer layer : model.layers()) {
      if (layer.unbounded() != null) {
        return "\nno finite bound from %s on: %s".formatted(layer.name(), layer.unbounded());
      }
      BoundsResult.Constant bound = layer.bound();
      if (bound != null && bound.vacuous()) {
        return "\nvacuous from %s on (a bound above 2^53)%s"
            .formatted(layer.name(), loosest(model));
      }
    }
    return "";
  }

  private static String loosest(BoundsResult.OfModel model) {
    BoundsResult.@Nullable Layer loosest = null;
    for (BoundsResult.Layer layer : model.layers()) {
      Double own = layer.blockTightness();
      Double most = loosest == null ? null : loosest.blockTightness();
      if (own != null && (most == null || own > most)) {
        loosest = layer;
      }
    }
    return loosest == null
        ? ""
        : "; the block that loses most ends in %s".formatted(loosest.name());
  }

  /// The layers at which bounds on the sample are no tighter than those on all images.
  private static String untapped(List<String> layers) {
    if (layers.isEmpty()) {
      return "";
    }
    String others = layers.size() == 1 ? "" : " and %d more".formatted(layers.size() - 1);
    return "\non sample, the radii at %s%s are those of all images: what is read there has no tap"
        .formatted(layers.getFirst(), others);
  }

  private static String certificates(List<Certificate> certificates) {
    List<Double> radii =
        certificates.stream().map(Certificate::radius).filter(r -> r > 0).sorted().toList();
    return radii.isEmpty()
        ? ""
        : "\ncertified l2 radius, margin / (sqrt 2 bound): median %s of %d correct images"
            .formatted(Numbers.number(radii.get(radii.size() / 2)), radii.size());
  }

  private static String clever(List<Clever.Score> scores) {
    List<Double> sorted = scores.stream().map(Clever.Score::score).sorted().toList();
    long fitted = scores.stream().filter(score -> score.gradients().fitted()).count();
    return sorted.isEmpty()
        ? ""
        : "\nCLEVER (an estimate): median %s of %d images; fitted in %d, else the largest gradient"
            .formatted(Numbers.number(sorted.get(sorted.size() / 2)), sorted.size(), fitted);
  }
}
