package topolip.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The report of runs.
public final class Report {
  private Report() {}

  public static void write(Path run) throws IOException {
    write(List.of(run), run);
  }

  public static void write(List<Path> runs, Path folder) throws IOException {
    java.nio.file.Files.writeString(folder.resolve("report.html"), "" + runs);
  }
}
