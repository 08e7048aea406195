package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.FileHash;
import topolip.dataset.Split;
import topolip.report.StudyReport;
import topolip.study.Analysis;
import topolip.study.Study;
import topolip.study.StudyFile;
import topolip.study.StudyFiles;
import topolip.study.StudyResult;
import topolip.study.StudyRun;
import topolip.study.Unit;

/// `topolip study`.
@Command(
    name = "study",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Trains networks that are matched in all but one thing, several times each; measures and"
          + " attacks them; and says which measures go with the accuracy that they lose.",
      "",
      "A study is a YAML file: data, seeds, options of 'train', 'measure', 'evaluate' and 'attack' by"
          + " their long names, and networks. Each piece of work is a topolip command whose folder,"
          + " once it is there, is not made again: after an interruption, or with more seeds or"
          + " networks in the file, the same command goes on.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip study --preset paper-small --out study       on generated images, no file needed",
      "  topolip study --print paper > mine.yaml",
      "  topolip study mine.yaml --data cifar10:cifar-10-binary.tar.gz --out mine --dry-run",
      "  topolip study mine.yaml --data cifar10:cifar-10-binary.tar.gz --out mine"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StudyCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "A study, in YAML.")
  @Nullable Path file;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "A study that comes with the program: paper-small or paper.")
  @Nullable String preset;

  @Option(
      names = "--print",
      paramLabel = "NAME",
      description = "Print the file of a preset, to begin an own one with, and exit.")
  @Nullable String printed;

  @Option(
      names = "--data",
      paramLabel = "D",
      description = "Instead of the data that the study names; as for 'topolip measure'.")
  @Nullable String data;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Folder of the study; what is done there already is kept.")
  @Nullable Path out;

  @Option(
      names = "--dry-run",
      description = "Print the commands, which of them are done, and the time the others may take.")
  boolean dryRun;

  @Mixin ThreadOptions threads;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    PrintWriter console = command.commandLine().getOut();
    if (printed != null) {
      console.print(StudyFile.text(known(printed)));
      console.flush();
      return 0;
    }
    Path folder = folder();
    Study study = study();
    Run run = new Run(command);
    StudyRun studied = new StudyRun(study, folder, contents(study), program());
    checked(studied);
    if (dryRun) {
      describe(studied, console);
      return 0;
    }
    Files.createDirectories(folder);
    studied.run(StudyCommand::runUnit, threads.count(), common.progress());
    finish(run, study, studied, folder);
    return 0;
  }

  private Path folder() {
    if (out == null) {
      throw new ParameterException(command.commandLine(), "--out DIR is missing");
    }
    return out;
  }

  private Study study() throws IOException {
    if ((file == null) == (preset == null)) {
      throw new ParameterException(
          command.commandLine(), "name either a study file or --preset, such as paper-small");
    }
    Study study = file != null ? StudyFile.read(file) : StudyFile.preset(known(preset));
    return data == null ? study : study.withData(data);
  }

  private String known(@Nullable String name) {
    if (name == null || !StudyFile.PRESETS.contains(name)) {
      throw new ParameterException(
          command.commandLine(),
          "'%s' is no preset; there are %s".formatted(name, StudyFile.PRESETS));
    }
    return name;
  }

  /// Another program may find other numbers.
  private static String program() {
    return BuildInfo.version() + " " + BuildInfo.commit();
  }

  /// Digests of what units read.
  private static Map<String, String> contents(Study study) throws IOException {
    Map<String, String> contents = new LinkedHashMap<>();
    var source = new DataSourceConverter().convert(study.data());
    String train = study.trains() ? source.open(Split.TRAIN, 0).sha256() : "";
    contents.put(study.data(), train + source.open(Split.TEST, 0).sha256());
    for (Study.Subject network : study.networks()) {
      if (network.file() != null) {
        contents.put(
            network.file(),
            FileHash.sha256(List.of(Path.of(network.file().replaceFirst("[?].*", "")))));
      }
    }
    return contents;
  }

  /// Says what is wrong with an option before hours of work, not after.
  private void checked(StudyRun studied) {
    for (Unit unit : studied.units()) {
      String[] words = unit.command(studied.unitsFolder()).toArray(String[]::new);
      try {
        var silent = new PrintWriter(new StringWriter());
        Main.commandLine(silent, silent).parseArgs(words);
      } catch (ParameterException e) {
        throw new IllegalArgumentException(
            "%s: %s (topolip %s)"
                .formatted(unit.network(), e.getMessage(), String.join(" ", words)),
            e);
      }
    }
  }

  private static void runUnit(List<String> words) throws IOException {
    StringWriter failure = new StringWriter();
    PrintWriter err = new PrintWriter(failure);
    int code =
        Main.commandLine(new PrintWriter(new StringWriter()), err)
            .execute(words.toArray(String[]::new));
    if (code != 0) {
      throw new IOException(failure.toString().strip());
    }
  }

  private static void describe(StudyRun studied, PrintWriter console) {
    double known = 0;
    int unknown = 0;
    for (Unit unit : studied.units()) {
      boolean done = studied.isDone(unit);
      OptionalDouble estimate = studied.estimate(unit);
      String time =
          done ? "done" : estimate.isPresent() ? seconds(estimate.getAsDouble()) : "unknown";
      known += done ? 0 : estimate.orElse(0);
      unknown += done || estimate.isPresent() ? 0 : 1;
      console.printf(
          "%-8s topolip %s%n", time, String.join(" ", unit.command(studied.unitsFolder())));
    }
    console.printf(
        "%d units; %s of one thread left%s%n",
        studied.units().size(),
        seconds(known),
        unknown == 0
            ? ""
            : ", and %d units of which nothing like them was run yet".formatted(unknown));
  }

  private static String seconds(double seconds) {
    return seconds < 90 ? "%.0f s".formatted(seconds) : "%.0f min".formatted(seconds / 60);
  }

  private void finish(Run run, Study study, StudyRun studied, Path folder) throws IOException {
    List<StudyResult.Trained> networks = studied.networks();
    run.options().put("threads", threads.count());
    StudyResult result =
        StudyResult.of(
            run.provenance(common.seed), study, networks, Analysis.of(networks, common.seed));
    StudyReport.write(folder, result, studied.profiles(), common.progress());
    StudyFiles.write(folder, result);
    PrintWriter console = command.commandLine().getOut();
    if (!common.quiet) {
      console.println(StudySummary.of(result));
      console.println();
    }
    console.println("report: " + Run.shown(folder.toAbsolutePath().resolve("report.html")));
  }
}
