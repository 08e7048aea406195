package topolip.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import topolip.profile.Comparison;
import topolip.profile.ModelProfile;
import topolip.profile.RunResult;
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
    if (runs.size() > 1) {
      sentences.add(
          "Networks of different runs were not measured on the same subsamples: no interval is given"
              + " for their differences.");
    }
    return sentences;
  }

  private static String sentence(ModelProfile model) {
    ModelProfile.DegreeProfile union = Objects.requireNonNull(model.degrees().get(UNION));
    Estimate raw = union.raw().topolip().mean();
    Estimate free = union.scaleFree().topolip().mean();
    String accuracy =
        model.accuracy() == null
            ? ""
            : " It classifies %s of %,d images correctly%s."
                .formatted(
                    Numbers.percent(model.accuracy()),
                    model.accuracy().total(),
                    model.perturbedAccuracy() == null
                        ? ""
                        : ", and %s of the %,d perturbed ones"
                            .formatted(
                                Numbers.percent(model.perturbedAccuracy()),
                                model.perturbedAccuracy().total()));
    Estimate endToEnd = union.scaleFree().endToEnd();
    String quotient =
        endToEnd == null
            ? ""
            : " From input to output, the scale-free distance between clean and perturbed shape is"
                + " multiplied by %s %s."
                    .formatted(Numbers.number(endToEnd.value()), Numbers.interval(endToEnd));
    return "%s: TopoLip %s %s, scale-free %s %s, all degrees together, over %d layers.%s%s"
        .formatted(
            model.name(),
            Numbers.number(raw.value()),
            Numbers.interval(raw),
            Numbers.number(free.value()),
            Numbers.interval(free),
            model.layers().size(),
            accuracy,
            quotient);
  }

  private static String sentence(Comparison comparison) {
    String raw = Numbers.verdict(comparison.raw(), comparison.first(), comparison.second());
    String free = Numbers.verdict(comparison.scaleFree(), comparison.first(), comparison.second());
    return "TopoLip of %s against %s, on the same subsamples: %s; scale-free: %s."
        .formatted(comparison.first(), comparison.second(), raw, free);
  }
}
