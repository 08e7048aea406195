package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import topolip.dataset.FileHash;
import topolip.dataset.Split;
import topolip.perturb.Stored;
import topolip.study.Study;
import topolip.study.StudyRun;
import topolip.study.Unit;

/// What the commands of a study read.
final class StudyInputs {
  private StudyInputs() {}

  /// Digests of the data and of every file or folder that a network or an option names, by the word
  /// that names it. Every command is parsed for it: what is wrong with an option is said before
  /// hours of work, not after.
  ///
  /// @throws IllegalArgumentException if an option is wrong
  /// @throws IOException if a file is missing
  static Map<String, String> digests(Study study, Path folder) throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    StudyRun commands = new StudyRun(study, folder, Map.of(), "");
    for (Unit unit : commands.units()) {
      addNamed(digests, unit, unit.command(commands.unitsFolder()));
    }
    for (Study.Subject network : study.networks()) {
      if (network.file() != null) {
        digests.put(network.file(), digest(Path.of(network.file().replaceFirst("[?].*", ""))));
      }
    }
    var source = new DataSourceConverter().convert(study.data());
    String train = study.trains() ? source.open(Split.TRAIN, 0).sha256() : "";
    digests.put(study.data(), train + source.open(Split.TEST, 0).sha256());
    return digests;
  }

  private static void addNamed(Map<String, String> digests, Unit unit, List<String> words)
      throws IOException {
    for (OptionSpec option : options(unit, words)) {
      List<String> texts = option.originalStringValues();
      List<Object> values = option.typedValues();
      if (option.longestName().equals("--out") || texts.size() != values.size()) {
        continue;
      }
      for (int i = 0; i < texts.size(); i++) {
        Path named = path(values.get(i));
        if (named != null && !digests.containsKey(texts.get(i))) {
          digests.put(texts.get(i), digest(named));
        }
      }
    }
  }

  private static List<OptionSpec> options(Unit unit, List<String> words) {
    var silent = new PrintWriter(new StringWriter());
    try {
      return Main.commandLine(silent, silent)
          .parseArgs(words.toArray(String[]::new))
          .subcommand()
          .matchedOptions();
    } catch (ParameterException e) {
      throw new IllegalArgumentException(
          "%s: %s (topolip %s)".formatted(unit.network(), e.getMessage(), String.join(" ", words)),
          e);
    }
  }

  /// The file or folder that an option's value names; null if it names none.
  private static @Nullable Path path(Object value) {
    return switch (value) {
      case Path path -> path;
      case Stored stored -> stored.npy();
      case Disturbance disturbance when disturbance.perturbation() instanceof Stored stored ->
          stored.npy();
      case ModelFile model when model.isFile() -> Path.of(model.name());
      default -> null;
    };
  }

  private static String digest(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    try (Stream<Path> all = Files.walk(path)) {
      return FileHash.sha256(all.filter(Files::isRegularFile).sorted().toList());
    }
  }
}
