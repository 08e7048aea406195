package topolip.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import topolip.engine.Progress;
import topolip.profile.ModelProfile;
import topolip.profile.RunResult;
import topolip.report.RunData.Interval;
import topolip.report.RunData.LayerKey;

/// Writes the report of runs: `report.html`, which needs no network, and `figures/` as SVG and PNG.
public final class Report {
  private Report() {}

  /// The report of one run, into its own folder.
  public static void write(Path run, Progress progress) throws IOException {
    write(List.of(run), run, progress);
  }

  /// One report of several runs. Networks of equal names are told apart by the number of their run.
  ///
  /// @param folder an existing folder
  /// @throws IOException if a run is not whole, runs did not measure the same thing, or the report
  ///   cannot be written
  public static void write(List<Path> runs, Path folder, Progress progress) throws IOException {
    List<RunResult> results = new ArrayList<>();
    Map<LayerKey, List<Interval>> intervals = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (int r = 0; r < runs.size(); r++) {
      RunData data = RunData.read(runs.get(r));
      if (r > 0) {
        SameMeasurement.require(runs.getFirst(), results.getFirst(), runs.get(r), data.result());
      }
      Map<String, String> names = new HashMap<>();
      for (ModelProfile model : data.result().models()) {
        String name = model.name();
        names.put(name, taken.add(name) ? name : name + ", run " + (r + 1));
      }
      results.add(data.result().renamed(names));
      data.intervals()
          .forEach((key, points) ->
              intervals.put(
                  new LayerKey(names.getOrDefault(key.model(), key.model()), key.layer()), points));
    }
    draw(results, intervals, folder, progress);
  }

  private static void draw(
      List<RunResult> results,
      Map<LayerKey, List<Interval>> intervals,
      Path folder,
      Progress progress)
      throws IOException {
    List<ModelProfile> models = results.stream().flatMap(run -> run.models().stream()).toList();
    List<Chart> charts = new Charts(models).all(new DiagramRows(intervals));
    List<String> svgs = Figures.write(folder, charts, progress);
    Files.writeString(folder.resolve("report.html"), new Page(results).html(charts, svgs));
  }
}
