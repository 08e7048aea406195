package topolip.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import topolip.study.StudyResult.Association;
import topolip.study.StudyResult.Trained;

/// The files of a study: `study.json`, `networks.csv` and `associations.csv`.
public final class StudyFiles {
  public static final String RESULT = "study.json";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private StudyFiles() {}

  /// Writes all three; each appears whole or not at all.
  public static void write(Path folder, StudyResult result) throws IOException {
    writeNetworks(folder.resolve("networks.csv"), result.networks());
    writeAssociations(folder.resolve("associations.csv"), result.associations());
    replace(folder.resolve(RESULT), JSON.writeValueAsString(result) + "\n");
  }

  /// Writes a file aside and moves it into place.
  static void replace(Path file, String content) throws IOException {
    Path aside = file.resolveSibling("." + file.getFileName() + ".partial");
    Files.writeString(aside, content);
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void writeNetworks(Path file, List<Trained> networks) throws IOException {
    Set<String> accuracies = names(networks, network -> network.accuracies().keySet());
    Set<String> measures = names(networks, network -> network.measures().keySet());
    List<List<String>> rows = new ArrayList<>();
    List<String> header =
        new ArrayList<>(List.of("network", "family", "seed", "parameters", "accuracy"));
    accuracies.forEach(name -> header.add("accuracy under " + name));
    header.addAll(measures);
    rows.add(header);
    for (Trained network : networks) {
      List<String> row =
          new ArrayList<>(
              List.of(
                  network.network(),
                  network.family(),
                  Long.toString(network.seed()),
                  cell(network.parameters()),
                  cell(network.accuracy() == null ? null : network.accuracy().share())));
      accuracies.forEach(name -> row.add(cell(network.accuracies().get(name))));
      measures.forEach(name -> row.add(cell(network.measures().get(name))));
      rows.add(row);
    }
    replace(file, csv(rows));
  }

  private static Set<String> names(List<Trained> networks, Function<Trained, Set<String>> namesOf) {
    Set<String> names = new LinkedHashSet<>();
    networks.forEach(network -> names.addAll(namesOf.apply(network)));
    return names;
  }

  private static void writeAssociations(Path file, List<Association> associations)
      throws IOException {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "loss",
            "among",
            "measure",
            "networks",
            "spearman",
            "low",
            "high",
            "kendall",
            "p",
            "family_wise_p"));
    for (Association a : associations) {
      rows.add(
          List.of(
              a.loss(),
              a.among(),
              a.measure(),
              Integer.toString(a.count()),
              cell(a.spearman()),
              cell(a.low()),
              cell(a.high()),
              cell(a.kendall()),
              cell(a.p()),
              cell(a.familyWise())));
    }
    replace(file, csv(rows));
  }

  private static String cell(@Nullable Number value) {
    return value == null ? "" : value.toString();
  }

  private static String csv(List<List<String>> rows) throws IOException {
    StringWriter text = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().build(text)) {
      rows.forEach(csv::writeRecord);
    }
    return text.toString();
  }
}
