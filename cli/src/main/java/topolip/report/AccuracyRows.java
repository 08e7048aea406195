package topolip.report;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The figure of accuracies, one point a network and perturbation.
final class AccuracyRows {
  private static final String TITLE = "Accuracy, clean and perturbed";

  private final ObjectNode spec;
  private final ArrayNode rows;
  private final Set<String> perturbations = new LinkedHashSet<>();
  private final Set<String> seen = new LinkedHashSet<>();

  AccuracyRows() throws IOException {
    spec = Charts.template("accuracies");
    rows = spec.withObject("/data").putArray("values");
  }

  /// Adds a point; the same point twice is one.
  void add(String network, String perturbation, double share) {
    perturbations.add(perturbation);
    if (seen.add(network + "\n" + perturbation + "\n" + share)) {
      rows.addObject()
          .put("network", network)
          .put("perturbation", perturbation)
          .put("accuracy", share);
    }
  }

  Chart chart(String caption) throws IOException {
    ArrayNode order = spec.withObject("/encoding/x").putArray("sort");
    perturbations.forEach(order::add);
    return new Chart("accuracies", TITLE, caption, Charts.finished(spec, TITLE), rows.isEmpty());
  }
}
