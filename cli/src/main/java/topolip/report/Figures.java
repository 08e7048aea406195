package topolip.report;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import topolip.engine.Progress;

/// Charts as files and as what a page is given.
final class Figures {
  private Figures() {}

  /// Writes `figures/NAME.svg` and `.png`.
  ///
  /// @return the SVG of each
  static List<String> write(Path folder, List<Chart> charts, Progress progress) throws IOException {
    Path figures = Files.createDirectories(folder.resolve("figures"));
    List<String> svgs = new ArrayList<>();
    try (Progress.Stage stage = progress.begin("report", charts.size() + 1L);
        VegaRenderer renderer = new VegaRenderer()) {
      stage.step(1);
      for (Chart chart : charts) {
        String svg = renderer.svg(chart.spec());
        Files.writeString(figures.resolve(chart.name() + ".svg"), svg);
        Png.write(svg, figures.resolve(chart.name() + ".png"));
        svgs.add(svg);
        stage.step(1);
      }
    }
    return svgs;
  }

  /// A page from its template; names come from files, and the template escapes them.
  static String page(String template, Map<String, Object> content) throws IOException {
    return Mustache.compiler()
        .escapeHTML(true)
        .withLoader(part -> new StringReader(VegaRenderer.resource(part + ".mustache")))
        .compile(VegaRenderer.resource(template + ".html.mustache"))
        .execute(content);
  }

  /// Adds the figures and the scripts that make them move.
  static void addTo(Map<String, Object> page, List<Chart> charts, List<String> svgs)
      throws IOException {
    List<Map<String, Object>> figures = new ArrayList<>();
    for (int i = 0; i < charts.size(); i++) {
      Chart chart = charts.get(i);
      figures.add(
          Map.of(
              "number", i,
              "svg", svgs.get(i),
              "title", chart.title(),
              "caption", chart.caption(),
              "file", chart.name()));
    }
    page.put("figures", figures);
    page.put("vega", VegaRenderer.vega());
    page.put("vegaLite", VegaRenderer.vegaLite());
    page.put(
        "charts",
        charts.stream()
            .map(chart -> inScript(chart.spec()))
            .collect(Collectors.joining(",\n", "[", "]")));
  }

  /// JSON within a script element must not end it.
  static String inScript(String json) {
    return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
  }
}
