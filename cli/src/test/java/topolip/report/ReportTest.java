package topolip.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.engine.Progress;
import topolip.profile.Protocol;
import topolip.profile.RunFiles;

class ReportTest {
  @TempDir Path folder;

  private Document report() throws IOException {
    return Jsoup.parse(folder.resolve("report.html").toFile(), "UTF-8");
  }

  @Test
  void reportShowsWhatWasMeasured() throws Exception {
    Runs.write(folder, Protocol.ADJACENT, "attention", "convolution");
    Report.write(folder, Progress.NONE);
    Document page = report();

    assertThat(page.title()).isEqualTo("TopoLip: attention, convolution");
    assertThat(page.select(".answer p")).hasSize(4);
    assertThat(page.select("figure")).hasSize(5 + 2);
    assertThat(page.select("details table tbody tr")).hasSize(4 + 5);
    assertThat(page.text())
        .contains("90.0 %", "1,234", "reconstructed", "0123456789abcdef", "pgd:2/255:20", "30.0 %");
    assertFigures(7);
  }

  private void assertFigures(int count) throws Exception {
    List<Path> files;
    try (var all = Files.list(folder.resolve("figures"))) {
      files = all.sorted().toList();
    }
    assertThat(files).hasSize(2 * count);
    for (Path file : files) {
      if (file.toString().endsWith(".svg")) {
        var svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        assertThat(svg.getElementsByTagName("path").getLength()).isGreaterThan(10);
      } else {
        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isGreaterThan(800);
      }
    }
  }

  @Test
  void pairedReportHasQuotientsAndPerturbedAccuracy() throws IOException {
    Runs.write(folder, Protocol.PAIRED, "net");
    Report.write(folder, Progress.NONE);
    Document page = report();

    assertThat(page.select("figure")).hasSize(6 + 1);
    assertThat(page.text()).contains("Quotients of distances", "50.0 %", "end to end");
    Elements moved = page.select("h2:contains(How far diagrams moved) + p + details tbody tr");
    assertThat(moved).hasSameSizeAs(RunFiles.read(folder).models().getFirst().layers());
    assertThat(moved.eachText().getFirst()).matches("0 /block.0/out( [\\d.]+){3} – – –.*");
  }

  @Test
  void pageLoadsNothing() throws IOException {
    Runs.write(folder, Protocol.ADJACENT, "net");
    Report.write(folder, Progress.NONE);
    Document page = report();

    assertThat(page.select("link, iframe, img[src], script[src], object, embed")).isEmpty();
    assertThat(page.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .startsWith("default-src 'none'");
  }

  @Test
  void namesAreTextAndNothingElse() throws IOException {
    String hostile = "</script><img src=x onerror=alert(1)>&\"'\u2028";
    Runs.write(folder, Protocol.ADJACENT, hostile);
    Report.write(folder, Progress.NONE);
    Document page = report();

    assertThat(page.select("img")).isEmpty();
    assertThat(page.select("b")).isEmpty();
    assertThat(page.select("script")).hasSize(3);
    assertThat(page.select("td.name").text()).contains("onerror=alert(1)");
  }

  @Test
  void severalRunsMakeOneReport(@TempDir Path other) throws IOException {
    Runs.write(folder, Protocol.ADJACENT, "net");
    Runs.write(other, Protocol.ADJACENT, "net");
    Report.write(List.of(folder, other), folder, Progress.NONE);
    Document page = report();

    assertThat(page.title()).isEqualTo("TopoLip: net, net, run 2");
    assertThat(page.select("details")).hasSize(2);
    assertThat(page.text()).contains("no interval is given for their differences");
  }

  @Test
  void runsOfOtherProtocolsShareNoReport(@TempDir Path other) throws IOException {
    Runs.write(folder, Protocol.ADJACENT, "net");
    Runs.write(other, Protocol.PAIRED, "net");
    assertThatThrownBy(() -> Report.write(List.of(folder, other), folder, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "%s and %s cannot share a report: protocol is ADJACENT in one and PAIRED in the other"
                .formatted(folder, other));
  }

  @Test
  void damagedRunsAreNamed() throws IOException {
    assertThatThrownBy(() -> Report.write(folder, Progress.NONE))
        .hasMessage(folder + " is no run: it has no result.json");
    Runs.write(folder, Protocol.ADJACENT, "net");
    Path diagrams = folder.resolve("diagrams.csv");
    Files.writeString(diagrams, "model,layer,degree,birth,death\nnet,0,0,0.0,oops\n");
    assertThatThrownBy(() -> Report.write(folder, Progress.NONE))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("diagrams.csv, line 2")
        .hasMessageContaining("oops");
    Files.delete(diagrams);
    assertThatThrownBy(() -> Report.write(folder, Progress.NONE))
        .hasMessageContaining("has no diagrams.csv");
    assertThat(folder.resolve("report.html")).doesNotExist();
  }
}
