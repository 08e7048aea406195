package topolip.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import topolip.model.Accuracy;
import topolip.profile.Provenance;
import topolip.study.Study;
import topolip.study.Study.Subject;
import topolip.study.StudyResult;
import topolip.study.StudyResult.Trained;

class StudyTablesTest {

  private static Subject network(String name, @Nullable String base, @Nullable String change) {
    return new Subject(name, "attention", "attn-1", null, Map.of(), base, change);
  }

  private static Trained trained(String name, long seed, double topolip, @Nullable Double bound) {
    Map<String, @Nullable Double> measures = new HashMap<>();
    for (String scaling : List.of("raw", "scale-free")) {
      for (String statistic : List.of("mean", "max", "last")) {
        measures.put("adjacent 0 " + scaling + " " + statistic, topolip);
      }
    }
    measures.put("log10 of the bound", bound);
    return new Trained(
        name,
        "attention",
        seed,
        1234L,
        Accuracy.of(3, 4),
        Map.of("fog", 0.5),
        Map.of("fog", 0.25),
        measures,
        Map.of(),
        List.of());
  }

  private static StudyResult result(List<Subject> networks, List<Trained> trained) {
    Study study =
        new Study(
            "s",
            "shapes",
            List.of(0L, 1L),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(),
            Map.of(),
            List.of(),
            Map.of(),
            Map.of(),
            false,
            networks);
    Provenance provenance =
        new Provenance(
            "1", null, "topolip study", Map.of(), 0, null, Map.of(), Map.of(), "", "", "", 1);
    return StudyResult.of(provenance, study, trained, List.of());
  }

  @Test
  void networksOfASweepStandBelowTheOneThatTheyDifferFrom() {
    StudyResult result =
        result(
            List.of(
                network("deep", "base", "depth 8"),
                network("alone", null, null),
                network("base", null, null)),
            List.of(
                trained("deep", 0, 2, null),
                trained("deep", 1, 4, 9.5),
                trained("alone", 0, 7, 1.0),
                trained("base", 0, 1, 2.5)));
    SweepRows sweep = new SweepRows(result, new LinkedHashSet<>(Set.of("fog")));
    assertThat(sweep.rows())
        .extracting(row -> row.get("change"))
        .containsExactly("base", "depth 8");
    assertThat(sweep.rows()).extracting(row -> row.get("base")).containsExactly(true, false);
    List<String> header = new ArrayList<>(sweep.header());
    List<?> cells = (List<?>) Objects.requireNonNull(sweep.rows().get(1).get("cells"));
    assertThat(cells).hasSameSizeAs(header);
    assertThat(cells.get(header.indexOf("TopoLip, degree 0"))).isEqualTo("3.000 · 3.000 · 3.000");
    // Infinite for one of the seeds.
    assertThat(cells.get(header.indexOf("log10 of the bound"))).isEqualTo("–");
    assertThat(cells.get(header.indexOf("fog"))).isEqualTo("50.0 %");
  }

  @Test
  void withoutASweepThereIsNoTableOfOne() {
    StudyResult result =
        result(List.of(network("a", null, null)), List.of(trained("a", 0, 1, null)));
    assertThat(new SweepRows(result, Set.of()).rows()).isEmpty();
  }

  @Test
  void seedsAreAMeanBetweenTheLowestAndTheHighest() {
    List<Trained> seeds = List.of(trained("a", 0, 1, null), trained("a", 1, 4, 2.0));
    assertThat(TopoLipRows.cell(seeds, "adjacent 0 raw mean"))
        .containsEntry("value", "2.500")
        .containsEntry("range", "[1.000, 4.000]");
    assertThat(TopoLipRows.cell(seeds, "log10 of the bound")).containsEntry("value", "–");
    assertThat(TopoLipRows.cell(seeds.subList(0, 1), "adjacent 0 raw max"))
        .containsEntry("range", "");
    assertThat(TopoLipRows.of(seeds)).hasSize(1);
  }
}
