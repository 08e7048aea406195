package topolip.cli;

import java.util.List;
import java.util.function.IntUnaryOperator;
import picocli.CommandLine.Option;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.SparseDistances;
import topolip.homology.Filtration;
import topolip.homology.Progress;
import topolip.homology.Representative;
import topolip.homology.VietorisRips;

/// What is printed of each interval, and how.
final class IntervalOptions {
  @Option(
      names = "--representatives",
      description = {
        "Add the points whose simplex makes each class, those whose simplex fills it, and a cocycle"
            + " (slower; one thread reduces). Points are numbered from 0 as in the file."
      })
  boolean representatives;

  @Option(names = "--json", description = "Print JSON.")
  boolean json;

  /// @param rows the place of each point in the file
  String text(
      Filtration filtration, DistanceMatrix distances, IntUnaryOperator rows, Progress progress) {
    if (representatives) {
      return text(filtration.representatives(distances, progress), rows);
    }
    var diagrams = filtration.diagrams(distances, progress);
    return json ? IntervalTable.json(diagrams) : IntervalTable.csv(diagrams);
  }

  String text(
      VietorisRips rips, SparseDistances distances, IntUnaryOperator rows, Progress progress) {
    if (representatives) {
      return text(rips.representatives(distances, progress), rows);
    }
    var diagrams = rips.diagrams(distances, progress);
    return json ? IntervalTable.json(diagrams) : IntervalTable.csv(diagrams);
  }

  private String text(List<Representative> classes, IntUnaryOperator rows) {
    List<Representative> named = classes.stream().map(c -> c.renumbered(rows)).toList();
    return json
        ? IntervalTable.jsonOfRepresentatives(named)
        : IntervalTable.csvOfRepresentatives(named);
  }
}
