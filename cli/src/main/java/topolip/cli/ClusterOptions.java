package topolip.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import topolip.engine.Engine;
import topolip.engine.LocalEngine;

/// Where units run.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ClusterOptions {
  static final String LOCAL = "local";
  private static final Pattern MASTER =
      Pattern.compile("spark://.+|k8s://.+|yarn|local\\[.+]|local-cluster\\[.+]");

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  /// Under spark-submit, the master is the one that was submitted to.
  @Option(
      names = "--engine",
      paramLabel = "E",
      defaultValue = "${sys:spark.master:-local}",
      description =
          "Where the work runs; results do not depend on it. local: threads of this machine; or a Spark"
              + " master: spark://HOST:7077, yarn, k8s://..., local[N]; see docs/spark.md (default:"
              + " ${DEFAULT-VALUE}).")
  void engine(String engine) {
    if (!engine.equals(LOCAL) && !MASTER.matcher(engine).matches()) {
      throw new ParameterException(
          command.commandLine(),
          "--engine must be local or a Spark master such as spark://host:7077: " + engine);
    }
    this.engine = engine;
  }

  private String engine;

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "A setting of Spark, such as spark.executor.memory=4g; may be repeated.")
  Map<String, String> settings = new LinkedHashMap<>();

  boolean isLocal() {
    return engine.equals(LOCAL);
  }

  /// The engine, to be closed.
  ///
  /// @param threads of this machine
  Engine open(Cluster.Work work, int threads) throws IOException {
    return isLocal()
        ? new LocalEngine(threads)
        : ((Main) command.root().userObject()).cluster().open(engine, work, settings, threads);
  }

  /// Adds every option as resolved.
  void describe(Map<String, Object> options) {
    options.put("engine", engine);
    if (!settings.isEmpty()) {
      options.put("conf", settings);
    }
  }
}
