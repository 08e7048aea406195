package topolip.cli;

import java.io.IOException;
import java.util.Map;
import topolip.engine.Engine;

/// Opens engines on clusters: given by the program that has Spark, since this one has not.
@FunctionalInterface
public interface Cluster {

  /// An engine, to be closed.
  ///
  /// @param master as Spark names it, such as `spark://host:7077`
  /// @param settings of Spark, such as `spark.executor.memory`
  /// @param threads of this machine, for what is not sent to the cluster
  /// @throws IOException if there is no such cluster, or it cannot run the units
  Engine open(String master, Map<String, String> settings, int threads) throws IOException;
}
