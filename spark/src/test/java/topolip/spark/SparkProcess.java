package topolip.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A master or a worker of a standalone cluster, as a process of its own.
final class SparkProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 300;

  private final Process process;
  private final String said;

  private SparkProcess(Process process, String said) {
    this.process = process;
    this.said = said;
  }

  /// Starts a master on a free port of the loopback.
  static SparkProcess master(Path home) throws Exception {
    return start(
        home,
        "Starting Spark master at (spark://\\S+)",
        List.of("org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port", "0"));
  }

  /// Starts a worker of one core that is known to the master.
  static SparkProcess worker(Path home, Path folder, String master) throws Exception {
    return start(
        home,
        "Successfully registered with master (\\S+)",
        List.of(
            "org.apache.spark.deploy.worker.Worker",
            "--host",
            "127.0.0.1",
            "--cores",
            "1",
            "--memory",
            "1g",
            "--work-dir",
            folder.toString(),
            master));
  }

  /// The words of a command that runs a class of Spark's with Spark's own jars.
  ///
  /// @param before what stands before them on the class path
  static List<String> java(Path home, String before, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.addAll(List.of("-cp", before + home.resolve("jars") + "/*"));
    command.addAll(arguments);
    return command;
  }

  private static SparkProcess start(Path home, String ready, List<String> arguments)
      throws Exception {
    List<String> command = java(home, "", arguments);
    command.add(command.indexOf(arguments.getFirst()) + 1, "--webui-port");
    command.add(command.indexOf("--webui-port") + 1, "0");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().put("SPARK_SCALA_VERSION", "2.13"); // as the distribution's scripts do
    Process process = builder.start();
    try {
      return new SparkProcess(process, heard(process, Pattern.compile(ready)));
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /// Waits for a line; the others are read as well, so that the process does not block.
  private static String heard(Process process, Pattern ready)
      throws ExecutionException, TimeoutException, InterruptedException {
    CompletableFuture<String> heard = new CompletableFuture<>();
    StringBuilder all = new StringBuilder();
    Thread.ofVirtual()
        .start(() -> {
          try (var lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              Matcher matcher = ready.matcher(line);
              if (matcher.find()) {
                heard.complete(matcher.group(1));
              }
              if (!heard.isDone()) {
                all.append(line).append('\n');
              }
            }
            heard.completeExceptionally(new IOException("ended: " + all));
          } catch (IOException e) {
            heard.completeExceptionally(e);
          }
        });
    return heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /// What it said when it was ready.
  String said() {
    return said;
  }

  /// The processes of its executors.
  List<ProcessHandle> executors() {
    return process.children().toList();
  }

  /// A folder like that of Spark's distribution, with the jars of an application that are not its
  /// own.
  static Path home(Path folder, Path lib) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    try (var all = Files.list(lib)) {
      all.filter(jar -> !jar.getFileName().toString().startsWith("topolip-"))
          .forEach(jar -> {
            try {
              Files.createSymbolicLink(jars.resolve(jar.getFileName()), jar);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return folder;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
