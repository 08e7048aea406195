package topolip.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import topolip.cli.Cluster;
import topolip.engine.Engine;
import topolip.geometry.DistanceMatrix;

/// Starts an application on a cluster.
final class Application {
  /// The Spark that this was compiled with. Its wire format changes with the second number.
  static final String SPARK = "4.2";

  private static final String STANDALONE = "spark://";
  private static final String CLASS_PATH = "spark.executor.extraClassPath";
  private static final int PATIENCE_MILLIS = 10_000;

  private Application() {}

  static JavaSparkContext start(String master, Cluster.Work work, Map<String, String> settings)
      throws IOException {
    requireVersion(org.apache.spark.package$.MODULE$.SPARK_VERSION());
    if (master.startsWith(STANDALONE)) {
      requireListener(master);
    }
    SparkConf conf = conf(master, settings);
    boolean distant = !master.matches("local(\\[.*)?");
    if (distant && work == Cluster.Work.COMMANDS) {
      conf.setIfMissing(CLASS_PATH, program());
      conf.set("spark.speculation", "false"); // two attempts would write the same folder
    }
    JavaSparkContext context = context(conf);
    if (distant && work == Cluster.Work.PROFILES) {
      sendJars(context);
    }
    return context;
  }

  private static SparkConf conf(String master, Map<String, String> settings) {
    SparkConf conf =
        new SparkConf()
            .setMaster(master)
            .setIfMissing("spark.app.name", "topolip")
            .setIfMissing("spark.ui.enabled", "false");
    settings.forEach(conf::set);
    return conf;
  }

  private static JavaSparkContext context(SparkConf conf) throws IOException {
    try {
      return new JavaSparkContext(conf);
    } catch (Exception e) {
      throw new IOException(
          "Spark %s could not start an application at %s: %s"
              .formatted(
                  org.apache.spark.package$.MODULE$.SPARK_VERSION(),
                  conf.get("spark.master"),
                  e.getMessage()),
          e);
    }
  }

  /// @throws IOException if this is another Spark than the one compiled with
  static void requireVersion(String running) throws IOException {
    if (!running.startsWith(SPARK + ".")) {
      throw new IOException(
          "this program is built for Spark %s, but runs in Spark %s; submit it with a Spark %s"
              .formatted(SPARK, running, SPARK));
    }
  }

  /// One of the masters listens: Spark itself would try for a minute before it says so.
  private static void requireListener(String master) throws IOException {
    @Nullable IOException refused = null;
    for (String address : master.substring(STANDALONE.length()).split(",", -1)) {
      try (Socket socket = new Socket()) {
        socket.connect(address(address), PATIENCE_MILLIS);
        return;
      } catch (IOException e) {
        refused = e;
      }
    }
    throw new IOException("no Spark master at " + master + ": " + refused, refused);
  }

  private static InetSocketAddress address(String address) throws IOException {
    try {
      URI uri = new URI(STANDALONE + address);
      if (uri.getHost() == null || uri.getPort() < 0) {
        throw new IOException("expected HOST:PORT, not " + address);
      }
      return new InetSocketAddress(uri.getHost(), uri.getPort());
    } catch (URISyntaxException e) {
      throw new IOException("expected HOST:PORT, not " + address, e);
    }
  }

  /// The class path of this program, where it lies on this machine.
  private static String program() throws IOException {
    Path jar = jar(SparkEngine.class);
    return jar + File.pathSeparator + jar.resolveSibling("lib") + File.separator + "*";
  }

  /// The jars of the units of a profile: topology, core, and this one.
  private static void sendJars(JavaSparkContext context) throws IOException {
    for (Class<?> type : List.of(DistanceMatrix.class, Engine.class, SparkEngine.class)) {
      Path jar = jar(type);
      if (context.sc().listJars().forall(sent -> !sent.endsWith("/" + jar.getFileName()))) {
        context.addJar(jar.toUri().toString());
      }
    }
  }

  private static Path jar(Class<?> type) throws IOException {
    try {
      Path jar = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (!Files.isRegularFile(jar)) {
        throw new IOException(jar + " is no jar that could be sent to executors; package it first");
      }
      return jar;
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
