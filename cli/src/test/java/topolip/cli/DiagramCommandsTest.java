package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topolip.dataset.NpyWriter;

/// `topolip homology` and `topolip distance`.
class DiagramCommandsTest {
  private static final String SQUARE =
      "degree,birth,death\n0,0.0,1.0\n0,0.0,1.0\n0,0.0,1.0\n0,0.0,inf\n";

  @TempDir Path folder;
  private String out = "";
  private String err = "";

  private int run(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int code =
        Main.commandLine(new PrintWriter(output), new PrintWriter(errors)).execute(arguments);
    out = output.toString();
    err = errors.toString();
    return code;
  }

  private String file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  @Test
  void pointsInAnyOfTheFormsGiveTheSameDiagram() throws IOException {
    String expected = SQUARE + "1,1.0," + Math.sqrt(2) + "\n";
    String d = Double.toString(Math.sqrt(2));
    Path npy = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.floats(npy, 4L, 2L)) {
      writer.write(0, 0, 1, 0, 1, 1, 0, 1);
      writer.finish();
    }
    assertThat(run("homology", file("a.csv", "x,y\n0,0\n1,0\n\n# comment\n1,1\n0,1\n"))).isZero();
    assertThat(out).isEqualTo(expected);
    assertThat(run("homology", file("b.txt", "0 0\n1 0\n1 1\n0 1"))).isZero();
    assertThat(out).isEqualTo(expected);
    assertThat(run("homology", npy.toString())).isZero();
    assertThat(out).isEqualTo(expected);
    String full = "0,1,%s,1\n1,0,1,%s\n%s,1,0,1\n1,%s,1,0\n".formatted(d, d, d, d);
    assertThat(run("homology", file("c.csv", full), "--format", "distance")).isZero();
    assertThat(out).isEqualTo(expected);
    String lower = "1\n%s,1\n1,%s,1\n".formatted(d, d);
    assertThat(run("homology", file("d.csv", lower), "--format", "lower-distance")).isZero();
    assertThat(out).isEqualTo(expected);
  }

  @Test
  void thresholdLeavesTheLoopEssential() throws IOException {
    String points = file("a.csv", "0,0\n1,0\n1,1\n0,1\n");

    assertThat(run("homology", points, "--threshold", "1.2")).isZero();
    assertThat(out).isEqualTo(SQUARE + "1,1.0,inf\n");
    assertThat(run("homology", points, "--max-degree", "0")).isZero();
    assertThat(out).isEqualTo(SQUARE);
  }

  @Test
  void distancesAreGivenByDegree() throws IOException {
    String a = file("a.csv", SQUARE + "1,1,1.5\n");
    String b = file("b.csv", SQUARE.replace("1.0", "1.25") + "# nothing in degree 1\n");

    assertThat(run("distance", a, b)).as(err).isZero();
    assertThat(out).isEqualTo("degree,distance\n0,0.75\n1,0.25\n");
    assertThat(run("distance", a, b, "--degree", "1", "--order", "2", "--ground", "l2")).isZero();
    assertThat(out).startsWith("degree,distance\n1,0.3535533905");
    String two = file("two.csv", "0,0,inf\n0,0,inf\n");
    assertThat(run("distance", a, two, "--degree", "0")).isZero();
    assertThat(out).isEqualTo("degree,distance\n0,inf\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,0;1,x | points | line 2",
        "0,0;1 | points | points differ in dimension",
        "0,0;nan,1 | points | line 2",
        "0,0;NaN,1 | points | coordinate 0 is NaN",
        "0,1;2,0 | distance | not symmetric",
        "1;2 | lower-distance | row 2 of the lower triangle has 1",
        "-1 | lower-distance | distance 0 of the lower triangle is -1.0",
        "# nothing | points | has no rows",
      })
  void filesThatDoNotFitAreNamedInOneLine(String content, String format, String message)
      throws IOException {
    String path = file("bad.csv", content.replace(';', '\n'));

    assertThat(run("homology", path, "--format", format)).isEqualTo(1);
    assertThat(err.strip()).doesNotContain("\n").contains("bad.csv").contains(message);
    assertThat(out).isEmpty();
  }

  @Test
  void diagramsThatAreNoneAreNamedInOneLine() throws IOException {
    String good = file("good.csv", SQUARE);
    for (String bad : new String[] {"0,1\n", "0.5,1,2\n", "0,2,1\n", "0,inf,inf\n", "-1,0,1\n"}) {
      assertThat(run("distance", good, file("bad.csv", bad))).isEqualTo(1);
      assertThat(err.strip()).doesNotContain("\n").contains("bad.csv");
    }
    assertThat(run("distance", good, good, "--degree", "7")).isEqualTo(1);
    assertThat(err).contains("neither diagram has intervals of degree 7");
    assertThat(run("distance", good, good, "--order", "0.5")).isEqualTo(2);
    assertThat(run("homology", good, "--max-degree", "-1")).isEqualTo(2);
    assertThat(run("homology", good, "--format", "cubes")).isEqualTo(2);
    assertThat(run("homology", folder.resolve("none.csv").toString())).isEqualTo(1);
    assertThat(err).contains("no such file");
  }
}
