package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import topolip.dataset.NpyWriter;

/// `topolip homology` and `topolip distance`.
class DiagramCommandsTest extends ProgramTest {
  private static final String SQUARE =
      "degree,birth,death\n0,0.0,1.0\n0,0.0,1.0\n0,0.0,1.0\n0,0.0,inf\n";

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
    assertThat(run("homology", file("a.csv", "x,y\n0,0,\n1,0,\n\n# comment\n1,1,\n0,1,\n")))
        .isZero();
    assertThat(out).isEqualTo(expected);
    assertThat(run("homology", file("b.txt", "0 0\n1 0\n1 1\n0 1"))).isZero();
    assertThat(out).isEqualTo(expected);
    assertThat(run("homology", npy.toString())).isZero();
    assertThat(out).isEqualTo(expected);
    String full = "0,1,%s,1\n1,0,1,%s\n%s,1,0,1\n1,%s,1,0\n".formatted(d, d, d, d);
    assertThat(run("homology", file("c.csv", full), "--format", "distance")).isZero();
    assertThat(out).isEqualTo(expected);
    String infinite = "0,Infinity\nInf,0\n";
    assertThat(run("homology", file("e.csv", infinite), "--format", "distance")).isZero();
    assertThat(out).isEqualTo("degree,birth,death\n0,0.0,inf\n0,0.0,inf\n");
    String lower = "1\n%s,1\n1,%s,1\n".formatted(d, d);
    assertThat(run("homology", file("d.csv", lower), "--format", "lower-distance")).isZero();
    assertThat(out).isEqualTo(expected);
  }

  @Test
  void formatsOfOtherProgramsAreRead() throws IOException {
    String expected = SQUARE + "1,1.0," + Math.sqrt(2) + "\n";
    String d = Double.toString(Math.sqrt(2));
    String upper = "1,%s,1\n1,%s\n1\n".formatted(d, d);
    assertThat(run("homology", file("u.csv", upper), "--format", "upper-distance"))
        .as(err)
        .isZero();
    assertThat(out).isEqualTo(expected);
    String sparse = "1 0 1\n2 0 %s\n2 1 1\n3 0 1\n1 3 %s\n3 2 1\n".formatted(d, d);
    assertThat(run("homology", file("s.txt", sparse), "--format", "sparse")).as(err).isZero();
    assertThat(out).isEqualTo(expected);
    String gudhi = "\n1;\n%s;1;\n1;%s;1;\n".formatted(d, d);
    assertThat(run("homology", file("g.csv", gudhi), "--format", "lower-distance"))
        .as(err)
        .isZero();
    assertThat(out).isEqualTo(expected);
    String off = "nOFF\n2 4 0 0\n0 0\n1 0\n1 1\n0 1\n";
    assertThat(run("homology", file("x.off", off))).as(err).isZero();
    assertThat(out).isEqualTo(expected);
    ByteBuffer binary = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    for (float x : new float[] {1, 2, 1, 1, 2, 1}) {
      binary.putFloat(x);
    }
    Path path = Files.write(folder.resolve("b.bin"), binary.array());
    assertThat(run("homology", path.toString(), "--format", "binary")).as(err).isZero();
    assertThat(out).isEqualTo(SQUARE + "1,1.0,2.0\n");
  }

  @Test
  void cechComplexesAreGivenByRadius() throws IOException {
    String points = file("a.csv", "0,0\n1,0\n1,1\n0,1\n");

    assertThat(run("homology", points, "--complex", "cech")).as(err).isZero();
    assertThat(out).isEqualTo(SQUARE.replace("1.0", "0.5") + "1,0.5," + Math.sqrt(2) / 2 + "\n");
  }

  @Test
  void representativesNameThePoints() throws IOException {
    String points = file("a.csv", "0,0\n1,0\n1,1\n0,1\n");

    assertThat(run("homology", points, "--representatives", "--field", "3")).as(err).isZero();
    assertThat(out)
        .startsWith("degree,birth,death,birth_simplex,death_simplex,cocycle\n0,0.0,1.0,")
        .contains("0,0.0,inf,0,,0 1 2 3\n")
        .contains("\n1,1.0," + Math.sqrt(2) + ",2-3,");
    assertThat(run("homology", points, "--representatives", "--json")).as(err).isZero();
    JsonNode loop = JsonMapper.shared().readTree(out).get("intervals").get(4);
    assertThat(loop.get("degree").asInt()).isEqualTo(1);
    assertThat(loop.get("birthSimplex")).hasSize(2);
    assertThat(loop.get("deathSimplex")).hasSize(3);
    assertThat(run("homology", points, "--json")).as(err).isZero();
    assertThat(JsonMapper.shared().readTree(out).get("intervals").get(3).get("death").isNull())
        .isTrue();
  }

  /// The landmarks of the square with two more points near its first corner are rows 0, 3, 4, 5,
  /// taken in another order.
  @Test
  void representativesOfLandmarksNameTheRowsOfTheFile() throws IOException {
    String points = file("a.csv", "0,0\n0.1,0\n0,0.1\n1,0\n1,1.1\n0,1\n");

    assertThat(run("homology", points, "--landmarks", "4", "--representatives")).as(err).isZero();
    assertThat(out)
        .contains("\n0,0.0,inf,0,,0 3 4 5\n")
        .containsPattern("\n1,1.1,1.4142135623730951,3-4,(0-3-5|3-4-5),3-4\n");
    String distances = file("d.csv", "0,1,9\n1,0,9\n9,9,0\n");
    assertThat(
            run(
                "homology",
                distances,
                "--format",
                "distance",
                "--landmarks",
                "2",
                "--representatives"))
        .as(err)
        .isZero();
    assertThat(out).contains("0,0.0,9.0,2,0-2,2\n").contains("0,0.0,inf,0,,0 2\n");
  }

  @Test
  void approximationsSayWhatTheyPromise() throws IOException {
    String points = file("a.csv", "0,0\n1,0\n1,1\n0,1\n0.1,0\n");

    assertThat(run("homology", points, "--landmarks", "4")).as(err).isZero();
    assertThat(err).contains("4 landmarks of 5 points, covering radius 0.1").contains("within 0.2");
    assertThat(out.lines()).hasSize(6);
    assertThat(run("homology", points, "--landmarks", "3", "--metric", "manhattan")).isZero();
    assertThat(err)
        .contains("3 landmarks of 5 points, covering radius 1.000:")
        .doesNotContain("triangle inequality");
    assertThat(run("homology", points, "--sparse", "0.5")).as(err).isZero();
    assertThat(err).contains("up to 1.500 times");
    assertThat(run("homology", points, "--sparse", "0.5", "--landmarks", "2")).isEqualTo(2);
    assertThat(run("homology", points, "--landmarks", "9")).isEqualTo(1);
    assertThat(err.strip()).doesNotContain("\n").contains("9 landmarks of 5 points");
    assertThat(run("homology", points, "--sparse", "0.5", "--complex", "cech")).isEqualTo(2);
  }

  @Test
  void pointsOfOffFilesAreReadWithoutFacesAndComments() throws IOException {
    String points = "0 0 0\n1 0 0\n1 1 0\n0 1 0\n";
    for (String head : new String[] {"OFF\n4 1 0\n", "OFF 4 1 0\n", "OFF\n# square\n\n4 1 0\n"}) {
      assertThat(run("homology", file("a.off", head + points + "4 0 1 2 3\n"))).as(err).isZero();
      assertThat(out).isEqualTo(SQUARE + "1,1.0," + Math.sqrt(2) + "\n");
    }
    for (String head : new String[] {"nOFF\n3\n4 0 0\n", "nOFF\n3 4 0 0\n"}) {
      assertThat(run("homology", file("b.off", head + points))).as(err).isZero();
      assertThat(out).isEqualTo(SQUARE + "1,1.0," + Math.sqrt(2) + "\n");
    }
  }

  @Test
  void verySmallDistancesAreNotLost() throws IOException {
    assertThat(run("homology", file("small.csv", "0,0\n1e-170,0\n"))).isZero();
    assertThat(out).isEqualTo("degree,birth,death\n0,0.0,1.0E-170\n0,0.0,inf\n");
  }

  @Test
  void emptyDiagramsAreDiagrams() throws IOException {
    String one = file("one.csv", "degree,birth,death\n1,1,2\n");
    for (String content : new String[] {"", "degree,birth,death\n", "# nothing\n"}) {
      assertThat(run("distance", one, file("none.csv", content))).as(err).isZero();
      assertThat(out).isEqualTo("degree,distance\n1,0.5\n");
    }
    Path npy = folder.resolve("none.npy");
    try (NpyWriter writer = NpyWriter.floats(npy, 0L, 2L)) {
      writer.finish();
    }
    assertThat(run("distance", one, npy.toString(), "--degree", "1")).as(err).isZero();
    assertThat(out).isEqualTo("degree,distance\n1,0.5\n");
  }

  @Test
  void optionsThatHaveNoEffectAreRefused() throws IOException {
    String one = file("one.csv", "degree,birth,death\n1,1,2\n");
    assertThat(run("distance", one, one, "--type", "bottleneck", "--order", "7")).isEqualTo(2);
    assertThat(err).contains("--order is of --type wasserstein");
    assertThat(run("distance", one, one, "--directions", "7")).isEqualTo(2);
    assertThat(run("homology", file("two.csv", "0,0\n1,0\n"), "--max-degree", "2147483647"))
        .as(err)
        .isZero();
  }

  @Test
  void metricOfPointsIsChosen() throws IOException {
    String square = file("square.csv", "0,0\n1,0\n1,1\n0,1\n");

    assertThat(run("homology", square, "--metric", "manhattan")).as(err).isZero();
    assertThat(out).isEqualTo(SQUARE + "1,1.0,2.0\n");
    assertThat(run("homology", square, "--metric", "chebyshev")).isZero();
    assertThat(out).isEqualTo(SQUARE);
    assertThat(run("homology", file("angles.csv", "1,0\n0,5\n-2,0\n"), "--metric", "cosine"))
        .isZero();
    assertThat(out).isEqualTo("degree,birth,death\n0,0.0,1.0\n0,0.0,1.0\n0,0.0,inf\n");

    assertThat(run("homology", square, "--metric", "cosine")).isEqualTo(1);
    assertThat(err.strip()).endsWith("square.csv: point 0 is the origin, which has no direction");
    assertThat(run("homology", square, "--metric", "manhattan", "--complex", "cech")).isEqualTo(2);
    assertThat(run("homology", square, "--metric", "cosine", "--landmarks", "2")).isEqualTo(2);
    String matrix = file("matrix.csv", "0,1\n1,0\n");
    assertThat(run("homology", matrix, "--metric", "cosine", "--format", "distance")).isEqualTo(2);
    assertThat(err).contains("--metric is of points; the file holds distances");
    assertThat(run("homology", square, "--complex", "cech", "--sparse", "1")).isEqualTo(2);
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

  @Test
  void otherDistancesAndErrorsAreGiven() throws IOException {
    String a = file("a.csv", "1,0,4\n1,1,2\n");
    String b = file("b.csv", "1,0,5\n");

    assertThat(run("distance", a, b, "--type", "bottleneck")).as(err).isZero();
    assertThat(out).isEqualTo("degree,distance\n1,1.0\n");
    assertThat(run("distance", a, b, "--ground", "l1")).as(err).isZero();
    assertThat(out).isEqualTo("degree,distance\n1,2.0\n");
    assertThat(run("distance", a, b, "--order", "2", "--ground", "order")).as(err).isZero();
    assertThat(out).startsWith("degree,distance\n1,1.22474487");
    assertThat(run("distance", a, b, "--relative-error", "0.1")).as(err).isZero();
    assertThat(out).startsWith("degree,distance,lower_bound\n1,");
    assertThat(run("distance", a, b, "--type", "sliced", "--directions", "1000")).as(err).isZero();
    assertThat(run("distance", a, b, "--json")).as(err).isZero();
    JsonNode row = JsonMapper.shared().readTree(out).get("distances").get(0);
    assertThat(row.get("degree").asInt()).isEqualTo(1);
    assertThat(row.get("distance").asDouble()).isEqualTo(1.5);
    assertThat(run("distance", a, b, "--type", "sliced", "--directions", "0")).isEqualTo(2);
    assertThat(run("distance", a, b, "--type", "bottleneck", "--relative-error", "0.1"))
        .isEqualTo(2);
  }

  @Test
  void diagramsOfOtherProgramsAreRead() throws IOException {
    String expected = "degree,distance\n0,0.0\n1,0.0\n";
    String ours = file("a.csv", "degree,birth,death\n0,0,1\n0,0,inf\n1,1,1.5\n");
    String ripser =
        """
        point cloud with 4 points in dimension 2
        value range: [1,1.41421]
        persistence intervals in dim 0:
         [0,1)
         [0, )
        persistence intervals in dim 1:
         [1,1.5)
        """;
    assertThat(run("distance", ours, file("ripser.txt", ripser))).as(err).isZero();
    assertThat(out).isEqualTo(expected);
    assertThat(run("distance", ours, file("gudhi.txt", "2  0 0 inf\n2  1 1 1.5\n2  0 0 1\n")))
        .as(err)
        .isZero();
    assertThat(out).isEqualTo(expected);
    assertThat(run("distance", ours, file("dipha.csv", "-1,0,9\n0,0,1\n1,1,1.5\n"))).isZero();
    assertThat(out).isEqualTo(expected);
    String represented =
        """
        degree,birth,death,birth_simplex,death_simplex,cocycle
        0,0,1,0,0-1,0
        0,0,inf,0,,0 1
        1,1,1.5,0-1,0-1-2,0-1 0-2:2
        """;
    assertThat(run("distance", ours, file("r.csv", represented))).as(err).isZero();
    assertThat(out).isEqualTo(expected);
    assertThat(run("distance", ours, file("two.csv", "1,1.5\n"), "--degree", "1")).isZero();
    assertThat(out).isEqualTo("degree,distance\n1,0.0\n");
    assertThat(run("distance", ours, file("end.txt", ripser + " [0.7,0."))).isEqualTo(1);
    assertThat(err.strip()).contains("end.txt: line 8 is no interval of Ripser");
    assertThat(run("distance", ours, file("cut.txt", ripser.replace("1.5)", "x)")))).isEqualTo(1);
    assertThat(err.strip()).doesNotContain("\n").contains("cut.txt").contains("line 7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,0;1,x | points | line 2",
        "O.5,1;1,2;0,0 | points | line 1",
        "0,0;1,,2 | points | line 2",
        "0,0;1 | points | points differ in dimension",
        "0,0;nan,1 | points | coordinate 0 is NaN",
        "0,0;0x1p3,1 | points | line 2: '0x1p3' is no number",
        "OFF;3 0 0;0 0 0;1 0 0 | points | is no whole OFF file",
        "1e308,0;-1e308,0 | points | points 1 and 0 have no finite distance",
        "0,2000000000,1 | sparse | without large gaps",
        "0,0;NaN,1 | points | coordinate 0 is NaN",
        "0,1;2,0 | distance | not symmetric",
        "1;2 | lower-distance | row 2 of the lower triangle has 1",
        "-1 | lower-distance | distance 0 of the lower triangle is -1.0",
        "# nothing | points | has no rows",
        "0,1 | sparse | row 1 is not i,j,distance",
        "0,1.5,2 | sparse | row 1 is not i,j,distance",
        "0,1,2;1,0,3 | sparse | has two distances",
        "1;2,3 | upper-distance | row 1 of the upper triangle has 1",
        "123456 | binary | no lower triangle",
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
    for (String bad : new String[] {"0\n", "0.5,1,2\n", "0,2,1\n", "0,inf,inf\n", "2000,0,1\n"}) {
      assertThat(run("distance", good, file("bad.csv", bad))).isEqualTo(1);
      assertThat(err.strip()).doesNotContain("\n").contains("bad.csv");
    }
    assertThat(run("distance", good, good, "--degree", "7")).isZero();
    assertThat(out).isEqualTo("degree,distance\n7,0.0\n");
    assertThat(run("distance", good, good, "--order", "0.5")).isEqualTo(2);
    assertThat(run("homology", good, "--max-degree", "-1")).isEqualTo(2);
    assertThat(run("homology", good, "--format", "cubes")).isEqualTo(2);
    assertThat(err).contains("expected one of").contains("lower-distance");
    assertThat(run("homology", good, "--field", "4")).isEqualTo(2);
    assertThat(run("homology", good, "--complex", "cech", "--max-degree", "3")).isEqualTo(2);
    assertThat(run("homology", folder.resolve("none.csv").toString())).isEqualTo(1);
    assertThat(err).contains("no such file");
  }

  @Test
  void whatMayNotHaveBeenComputedIsSaid() throws IOException {
    String points = file("points.dgm", "degree,birth,death\n0,0,1\n");
    String none = file("none.dgm", "");
    assertThat(run("distance", points, none)).isZero();
    assertThat(out).isEqualTo("degree,distance\n0,0.5\n");
    assertThat(err).contains("none.dgm has no intervals: taken as an empty diagram");
    assertThat(run("distance", points, points, "--degree", "7")).isZero();
    assertThat(out).isEqualTo("degree,distance\n7,0.0\n");
    assertThat(err).contains("neither file has intervals of degree 7", "points.dgm has [0]");
    assertThat(run("distance", points, points, "--degree", "-1")).isEqualTo(2);
    assertThat(err).contains("--degree must be at least 0: -1");
  }
}
