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
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.FileHash;
import topolip.dataset.Split;
import topolip.perturb.Stored;
import topolip.study.Study;
import topolip.study.StudyRun;
import topolip.study.Unit;
import topolip.torch.TrainingRun;

/// What the commands of a study read: every file or folder that a network or an option names, by
/// the word that names it, and the data.
///
/// @param named what the words name, but for the data
record StudyInputs(Study study, DataSource data, Map<String, Path> named) {
  private static final long HEAP_BESIDES_IMAGES = 512L << 20;

  /// Every command is parsed for it: what is wrong with an option is said before hours of work, not
  /// after.
  ///
  /// @param folder of the study
  /// @throws IllegalArgumentException if an option is wrong
  static StudyInputs of(Study study, Path folder) throws IOException {
    Map<String, Path> named = new LinkedHashMap<>();
    StudyRun commands = new StudyRun(study, folder, Map.of(), "");
    for (Unit unit : commands.units()) {
      addNamed(named, unit, unit.command(commands.unitsFolder()));
    }
    for (Study.Subject network : study.networks()) {
      if (network.file() != null) {
        named.put(network.file(), InputPath.of(network.file().replaceFirst("[?].*", "")));
      }
    }
    return new StudyInputs(study, new DataSourceConverter().convert(study.data()), named);
  }

  /// Digests of the data and of what the words name, by the word.
  ///
  /// @throws IOException if a file is missing
  Map<String, String> digests() throws IOException {
    Map<String, String> digests = new LinkedHashMap<>();
    for (Map.Entry<String, Path> word : named.entrySet()) {
      digests.put(word.getKey(), digest(word.getValue()));
    }
    String train = study.trains() ? data.open(Split.TRAIN, 0).sha256() : "";
    digests.put(study.data(), train + data.open(Split.TEST, 0).sha256());
    return digests;
  }

  /// The heap that a command takes: training holds the images, up to a size.
  long heapOfACommand() throws IOException {
    long images = 0;
    for (Split split : study.trains() ? Split.values() : new Split[0]) {
      Dataset part = data.open(split, 0);
      images +=
          Math.min(TrainingRun.HELD, (long) Float.BYTES * part.shape().values() * part.size());
    }
    return HEAP_BESIDES_IMAGES + images;
  }

  /// @throws IllegalArgumentException if a path depends on the working directory, which other
  ///   machines do not share
  void requireAbsolute() {
    for (Path path : Stream.concat(named.values().stream(), data.paths().stream()).toList()) {
      if (!path.isAbsolute()) {
        throw new IllegalArgumentException(
            "executors need absolute paths: write %s instead of %s"
                .formatted(path.toAbsolutePath().normalize(), path));
      }
    }
  }

  private static void addNamed(Map<String, Path> named, Unit unit, List<String> words) {
    for (OptionSpec option : options(unit, words)) {
      List<String> texts = option.originalStringValues();
      List<Object> values = option.typedValues();
      if (option.longestName().equals("--out") || texts.size() != values.size()) {
        continue;
      }
      for (int i = 0; i < texts.size(); i++) {
        Path path = path(values.get(i));
        if (path != null) {
          named.put(texts.get(i), path);
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

  /// Of a folder: the names and digests of its files.
  private static String digest(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    StringBuilder digest = new StringBuilder();
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
        digest.append(path.relativize(file)).append(' ').append(FileHash.sha256(List.of(file)));
      }
    }
    return digest.toString();
  }
}
