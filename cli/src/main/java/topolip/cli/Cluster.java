package topolip.cli;

import java.io.IOException;
import java.util.Map;
import topolip.engine.Engine;

/// Opens engines on clusters: given by the program that has Spark, since this one has not.
@FunctionalInterface
public interface Cluster {

  /// What an engine is for.
  enum Work {
    /// Homology and distances: Java, sent to where it runs.
    PROFILES,
    /// Whole commands: the program with its natives is on each machine, at the same path as here,
    /// and so are the files that they name.
    COMMANDS
  }

  /// An engine, to be closed.
  ///
  /// @param master as Spark names it, such as `spark://host:7077`
  /// @param work what it is for
  /// @param settings of Spark, such as `spark.executor.memory`
  /// @param threads of this machine, for what is not sent to the cluster
  /// @throws IOException if there is no such cluster, or it cannot run the units
  Engine open(String master, Work work, Map<String, String> settings, int threads)
      throws IOException;
}
