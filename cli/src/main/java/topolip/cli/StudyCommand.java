package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.engine.Engine;
import topolip.report.StudyReport;
import topolip.study.Analysis;
import topolip.study.Study;
import topolip.study.StudyFile;
import topolip.study.StudyFiles;
import topolip.study.StudyLock;
import topolip.study.StudyResult;
import topolip.study.StudyRun;

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
          + " networks in the file, the same command goes on. Commands run side by side, one a"
          + " thread, as long as the heap has 512 MB and the images for each.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip study --preset paper-small --out study       # on generated images, no file needed",
      "  topolip study --print paper > mine.yaml",
      "  topolip study mine.yaml --data cifar10:cifar-10-binary.tar.gz --out mine --dry-run",
      "  topolip study mine.yaml --data cifar10:cifar-10-binary.tar.gz --out mine"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StudyCommand implements Callable<Integer> {
  private static final String STOPPED =
      "interrupted; what was done stays, and the same command goes on";

  @Spec CommandSpec command;

  @Parameters(paramLabel = "FILE", arity = "0..1", description = "A study, in YAML.")
  @Nullable Path file;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "A study that comes with the program: paper-small, paper, paper-fashion or sweep.")
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
  @Mixin ClusterOptions cluster;
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
    StudyInputs inputs = StudyInputs.of(study, folder);
    if (!cluster.isLocal()) {
      inputs.requireAbsolute();
    }
    StudyRun studied = new StudyRun(study, folder, inputs.digests(), program());
    int lanes = cluster.isLocal() ? lanes(inputs.heapOfACommand()) : 1;
    if (dryRun) {
      console.print(StudyForecast.of(studied, lanes));
      console.flush();
      return 0;
    }
    Files.createDirectories(folder);
    try (StudyLock _ = StudyLock.of(folder);
        Interruption.Meaning _ = Interruption.means(STOPPED);
        Engine engine = cluster.open(Cluster.Work.COMMANDS, lanes)) {
      studied.run(new StudyProgram(), engine, common.progress());
      finish(run, study, studied, folder);
    }
    return 0;
  }

  /// Variants of one network are no further networks: they have a table of their own.
  private static List<StudyResult.Trained> independent(
      Study study, List<StudyResult.Trained> networks) {
    Set<String> variants =
        study.networks().stream()
            .filter(network -> network.base() != null)
            .map(Study.Subject::name)
            .collect(Collectors.toSet());
    return networks.stream().filter(trained -> !variants.contains(trained.network())).toList();
  }

  /// How many commands at a time: one a thread, as far as the heap goes.
  private int lanes(long heapOfACommand) {
    long room = Math.max(1, Runtime.getRuntime().maxMemory() / heapOfACommand);
    if (room < threads.count() && !common.quiet) {
      command
          .commandLine()
          .getErr()
          .printf(
              "heap of %d MB: %d commands at a time instead of %d (%d MB each); set"
                  + " TOPOLIP_JAVA_OPTS=-Xmx… for more%n",
              Runtime.getRuntime().maxMemory() >> 20, room, threads.count(), heapOfACommand >> 20);
    }
    return (int) Math.min(room, threads.count());
  }

  private Path folder() throws IOException {
    if (out == null) {
      throw new ParameterException(command.commandLine(), "--out DIR is missing");
    }
    InputPath.requireLocal(out);
    return cluster.isLocal() ? out : out.toAbsolutePath().normalize();
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

  private void finish(Run run, Study study, StudyRun studied, Path folder) throws IOException {
    List<StudyResult.Trained> networks = studied.networks();
    run.options().put("threads", threads.count());
    cluster.describe(run.options());
    StudyResult result =
        StudyResult.of(
            run.provenance(common.seed),
            study,
            networks,
            Analysis.of(independent(study, networks), common.seed));
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
