package topolip.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import topolip.engine.Progress;
import topolip.study.StudyResult;
import topolip.study.StudyRun;

/// Writes the report of a study: `report.html` and `figures/`.
public final class StudyReport {
  private StudyReport() {}

  /// @param folder an existing folder
  public static void write(
      Path folder, StudyResult result, List<StudyRun.Profiled> profiles, Progress progress)
      throws IOException {
    List<Chart> charts = new StudyCharts(result, profiles).all();
    List<String> svgs = Figures.write(folder, charts, progress);
    String page = new StudyPage(result).html(charts, svgs);
    Path aside = folder.resolve(".report.html.partial");
    Files.writeString(aside, page);
    Files.move(
        aside,
        folder.resolve("report.html"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
