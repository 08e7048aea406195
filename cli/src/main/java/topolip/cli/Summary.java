package topolip.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import topolip.model.Accuracy;
import topolip.profile.ModelProfile;
import topolip.profile.RunResult;
import topolip.profile.Series;
import topolip.report.Numbers;

/// A result on the screen.
final class Summary {
  private Summary() {}

  static String of(RunResult result) {
    String models = result.models().stream().map(Summary::line).collect(Collectors.joining("\n"));
    Table table =
        new Table(
            "model", "degree", "TopoLip", "95 % interval", "max", "sum", "scale-free", "interval");
    for (ModelProfile model : result.models()) {
      model
          .degrees()
          .forEach((degree, profile) -> {
            Series.TopoLip raw = profile.raw().topolip();
            Series.TopoLip free = profile.scaleFree().topolip();
            table.add(
                model.name(),
                degree,
                Numbers.mean(raw),
                Numbers.interval(raw.mean()),
                Numbers.number(raw.max().value()),
                Numbers.number(raw.last().value()),
                Numbers.mean(free),
                Numbers.interval(free.mean()));
          });
    }
    String notes =
        result.models().stream()
            .flatMap(model -> model.notes().stream().map(note -> "\n" + model.name() + ": " + note))
            .collect(Collectors.joining());
    return models + "\n\n" + table + notes;
  }

  private static String line(ModelProfile model) {
    return "%s: %d layers%s%s%s"
        .formatted(
            model.name(),
            model.layers().size(),
            model.parameters() == null ? "" : ", %,d parameters".formatted(model.parameters()),
            accuracy(", accuracy ", model.accuracy()),
            perturbed(model) + under(model));
  }

  private static String under(ModelProfile model) {
    return model.under().stream()
        .map(under -> accuracy(", under " + under.perturbation() + " ", under.accuracy()))
        .collect(Collectors.joining());
  }

  private static String perturbed(ModelProfile model) {
    return model.sampleAccuracy() == null
        ? ""
        : accuracy(", of the samples ", model.sampleAccuracy())
            + accuracy(", perturbed ", model.perturbedAccuracy());
  }

  private static String accuracy(String label, @Nullable Accuracy accuracy) {
    return accuracy == null
        ? ""
        : String.format(
            Locale.ROOT,
            "%s%.1f %% (%d/%d)",
            label,
            100 * accuracy.share(),
            accuracy.correct(),
            accuracy.total());
  }
}
