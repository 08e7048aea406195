package topolip.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/// Renders Vega-Lite charts to SVG: the same library that draws them in the page, run by GraalJS
/// without access to anything outside.
///
/// Opening takes seconds, a chart about one: open once, render all.
final class VegaRenderer implements AutoCloseable {
  private static final String VEGA = "/META-INF/resources/webjars/vega/5.32.0/vega.min.js";
  private static final String VEGA_LITE =
      "/META-INF/resources/webjars/vega-lite/5.23.0/vega-lite.min.js";

  /// What a browser has and Vega asks for even when it draws without one.
  private static final String BROWSER =
      """
      var self = globalThis;
      function setTimeout(f) { f(); }
      function clearTimeout() {}
      function structuredClone(x) { return JSON.parse(JSON.stringify(x)); }
      """;

  private static final String RENDER =
      """
      (function (text) {
        var result = {};
        var spec = vegaLite.compile(JSON.parse(text)).spec;
        new vega.View(vega.parse(spec), {renderer: 'none', logLevel: vega.Error})
          .toSVG()
          .then(function (svg) { result.svg = svg; })
          .catch(function (e) { result.error = String(e); });
        return result;
      })
      """;

  private final Context context;
  private final Value render;

  VegaRenderer() throws IOException {
    context =
        Context.newBuilder("js")
            .option("engine.WarnInterpreterOnly", "false")
            .out(OutputStream.nullOutputStream())
            .err(OutputStream.nullOutputStream())
            .build();
    context.eval("js", BROWSER);
    context.eval("js", vega());
    context.eval("js", vegaLite());
    render = context.eval("js", RENDER);
  }

  /// The source of Vega.
  static String vega() throws IOException {
    return resource(VEGA);
  }

  /// The source of Vega-Lite.
  static String vegaLite() throws IOException {
    return resource(VEGA_LITE);
  }

  static String resource(String path) throws IOException {
    try (InputStream in = VegaRenderer.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IOException("the program lacks " + path + "; build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// The chart as SVG.
  ///
  /// @throws IllegalStateException if Vega refuses the chart
  String svg(String chart) {
    Value result = render.execute(chart);
    if (!result.hasMember("svg")) {
      throw new IllegalStateException("no chart: " + result.getMember("error"));
    }
    return result.getMember("svg").asString();
  }

  @Override
  public void close() {
    context.close();
  }
}
