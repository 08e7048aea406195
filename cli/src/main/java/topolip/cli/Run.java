package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import topolip.dataset.FileHash;
import topolip.profile.Measurement;
import topolip.profile.NetworkProfiler.Profiled;
import topolip.profile.Provenance;
import topolip.profile.RunFiles;
import topolip.profile.RunResult;
import topolip.report.Report;

/// One run of a measuring command: what it found, and how.
final class Run {
  private final CommandSpec command;
  private final Instant started = Instant.now();
  private final Map<String, Object> options = new LinkedHashMap<>();
  private final Map<String, String> modelHashes = new LinkedHashMap<>();
  private final List<Profiled> profiled = new ArrayList<>();
  private final Map<String, String> fileHashes = new LinkedHashMap<>();
  private Provenance.@Nullable Data data;

  Run(CommandSpec command) {
    this.command = command;
  }

  /// Every option as resolved, to be filled.
  Map<String, Object> options() {
    return options;
  }

  void data(Provenance.Data used) {
    data = used;
  }

  /// Notes what a file besides data and models held.
  void readFile(Path file) throws IOException {
    fileHashes.put(file.toString(), FileHash.sha256(List.of(file)));
  }

  void add(Profiled network) {
    profiled.add(network);
  }

  void add(Profiled network, String sha256) {
    add(network);
    modelHashes.put(network.profile().name(), sha256);
  }

  /// Notes the digest of a model.
  void model(String name, String sha256) {
    modelHashes.put(name, sha256);
  }

  /// A name for a model that no other model of this run has.
  String uniqueName(String name) {
    String unique = name;
    for (int i = 2; taken(unique); i++) {
      unique = name + " (" + i + ")";
    }
    return unique;
  }

  private boolean taken(String name) {
    return profiled.stream().anyMatch(network -> network.profile().name().equals(name));
  }

  /// Writes the files and, if asked for, the report, moves them into place, and prints a summary.
  void finish(OutputFolder folder, CommonOptions common, boolean report) throws IOException {
    RunResult result = result(common.seed);
    List<Measurement> measurements = profiled.stream().map(Profiled::measurement).toList();
    RunFiles.write(folder.path(), result, measurements);
    if (report) {
      Report.write(folder.path(), common.progress());
    }
    folder.commit();
    PrintWriter out = command.commandLine().getOut();
    if (!common.quiet) {
      out.println(Summary.of(result));
      out.println();
    }
    out.println(
        report
            ? "report: " + shown(folder.target().resolve("report.html"))
            : "result: " + shown(folder.target().resolve(RunFiles.RESULT)));
  }

  private RunResult result(long seed) {
    return RunResult.of(provenance(seed), profiled);
  }

  /// How it was made, until now.
  Provenance provenance(long seed) {
    double seconds = started.until(Instant.now(), ChronoUnit.MILLIS) / 1000.0;
    return new Provenance(
        BuildInfo.version(),
        BuildInfo.commit(),
        commandLine(),
        options,
        seed,
        data,
        modelHashes,
        fileHashes,
        System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"),
        "%s %s, %d cores"
            .formatted(
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors()),
        started.truncatedTo(ChronoUnit.SECONDS).toString(),
        seconds);
  }

  /// The words of the command line, as one may type them again.
  private String commandLine() {
    return command.commandLine().getParseResult().originalArgs().stream()
        .map(
            word -> word.matches("[\\w@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'")
        .collect(Collectors.joining(" ", "topolip ", ""));
  }

  /// A path as the user would type it: relative when it is below the working folder.
  static Path shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    return path.startsWith(here) ? here.relativize(path) : path;
  }
}
