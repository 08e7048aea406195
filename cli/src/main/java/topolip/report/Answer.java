package topolip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import topolip.profile.Comparison;
import topolip.profile.ModelProfile;
import topolip.profile.RunResult;
import topolip.profile.Series;
import topolip.profile.Series.Estimate;

/// The result in words, each of them from the numbers.
final class Answer {
  private static final String UNION = "union";

  private Answer() {}

  static List<String> of(List<RunResult> runs) {
    List<String> sentences = new ArrayList<>();
    for (RunResult run : runs) {
      run.models().forEach(model -> sentences.add(sentence(model)));
      run.comparisons().stream()
          .filter(comparison -> comparison.degree().equals(UNION))
          .forEach(comparison -> sentences.add(sentence(comparison)));
    }
    sentences.add(
        "Intervals come from subsamples of these images alone, not from other training runs or"
            + " data.");
    if (runs.size() > 1) {
      sentences.add(
          "Networks of different runs were not measured on the same subsamples: no interval is given"
              + " for their differences.");
    }
    return sentences;
  }

  private static String sentence(ModelProfile model) {
    ModelProfile.DegreeProfile union = Objects.requireNonNull(model.degrees().get(UNION));
    Series.TopoLip raw = union.raw().topolip();
    Series.TopoLip free = union.scaleFree().topolip();
    String accuracy =
        model.accuracy() == null
            ? ""
            : " It classifies %s of %,d images correctly%s."
                .formatted(
                    Numbers.percent(model.accuracy()),
                    model.accuracy().total(),
                    model.perturbedAccuracy() == null
                        ? ""
                        : ", %s of the %,d samples, and %s of them perturbed"
                            .formatted(
                                Numbers.percent(model.sampleAccuracy()),
                                model.perturbedAccuracy().total(),
                                Numbers.percent(model.perturbedAccuracy())));
    Estimate endToEnd = union.scaleFree().endToEnd();
    String quotient =
        endToEnd == null
            ? ""
            : " From input to output, the scale-free distance between clean and perturbed shape is"
                + " multiplied by %s %s."
                    .formatted(Numbers.number(endToEnd.value()), Numbers.interval(endToEnd));
    String notes = model.notes().stream().map(note -> " " + note).collect(Collectors.joining());
    return "%s: TopoLip %s %s, scale-free %s %s, all degrees together, over %d layers.%s%s%s"
        .formatted(
            model.name(),
            Numbers.mean(raw),
            Numbers.interval(raw.mean()),
            Numbers.mean(free),
            Numbers.interval(free.mean()),
            model.layers().size(),
            accuracy,
            quotient,
            notes);
  }

  private static String sentence(Comparison comparison) {
    String raw = Numbers.verdict(comparison.raw(), comparison.first(), comparison.second());
    String free = Numbers.verdict(comparison.scaleFree(), comparison.first(), comparison.second());
    return "TopoLip of %s against %s, on the same subsamples: %s; scale-free: %s."
        .formatted(comparison.first(), comparison.second(), raw, free);
  }
}
