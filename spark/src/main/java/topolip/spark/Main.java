package topolip.spark;

/// The program `topolip` with Spark: for `java -jar` and for `spark-submit`.
public final class Main {
  private static final String LOGGING = "log4j2.configurationFile";

  private Main() {}

  /// Runs a command line and ends the program, as [topolip.cli.Main#main] does.
  public static void main(String... arguments) {
    if (System.getProperty(LOGGING) == null
        && System.getProperty("spark.submit.deployMode") == null) {
      System.setProperty(LOGGING, "classpath:topolip/spark/log4j2.properties");
    }
    topolip.cli.Main.run(SparkEngine::open, arguments);
  }
}
