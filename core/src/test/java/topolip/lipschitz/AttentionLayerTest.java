package topolip.lipschitz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/// The bound of attention against Jacobians by differences.
class AttentionLayerTest {
  private static final int TOKENS = 4;
  private static final int DEPTH = 2;
  private static final int WIDTH = 3;
  private static final double STEP = 1e-5;
  private static final double SCALE = 0.7;

  /// Queries, keys and values are `W x`, and attention of all tokens.
  private static final class Head {
    private final double[][] q;
    private final double[][] k;
    private final double[][] v;

    Head(double[][] q, double[][] k, double[][] v) {
      this.q = q;
      this.k = k;
      this.v = v;
    }

    static Head random(SplittableRandom random, double size) {
      return new Head(
          matrix(random, DEPTH, size), matrix(random, DEPTH, size), matrix(random, WIDTH, 1));
    }

    private static double[][] matrix(SplittableRandom random, int rows, double size) {
      double[][] w = new double[rows][WIDTH];
      for (double[] row : w) {
        Arrays.setAll(row, i -> size * random.nextGaussian());
      }
      return w;
    }

    double[][] mapped(double[][] w, double[] x) {
      double[][] result = new double[TOKENS][w.length];
      for (int t = 0; t < TOKENS; t++) {
        for (int r = 0; r < w.length; r++) {
          for (int c = 0; c < WIDTH; c++) {
            result[t][r] += w[r][c] * x[t * WIDTH + c];
          }
        }
      }
      return result;
    }

    double[] apply(double[] x) {
      double[][] queries = mapped(q, x);
      double[][] keys = mapped(k, x);
      double[][] values = mapped(v, x);
      double[] result = new double[TOKENS * WIDTH];
      for (int i = 0; i < TOKENS; i++) {
        double[] weights = new double[TOKENS];
        double sum = 0;
        for (int j = 0; j < TOKENS; j++) {
          double score = 0;
          for (int d = 0; d < DEPTH; d++) {
            score += queries[i][d] * keys[j][d];
          }
          weights[j] = Math.exp(SCALE * score);
          sum += weights[j];
        }
        for (int j = 0; j < TOKENS; j++) {
          for (int c = 0; c < WIDTH; c++) {
            result[i * WIDTH + c] += weights[j] / sum * values[j][c];
          }
        }
      }
      return result;
    }

    double jacobianNorm(double[] x) {
      DMatrixRMaj jacobian = new DMatrixRMaj(TOKENS * WIDTH, x.length);
      for (int p = 0; p < x.length; p++) {
        double[] up = x.clone();
        double[] down = x.clone();
        up[p] += STEP;
        down[p] -= STEP;
        double[] high = apply(up);
        double[] low = apply(down);
        for (int r = 0; r < high.length; r++) {
          jacobian.set(r, p, (high[r] - low[r]) / (2 * STEP));
        }
      }
      return SpectralNorm.value(jacobian);
    }
  }

  private static double radius(double[][] rows) {
    return Arrays.stream(rows)
        .mapToDouble(row -> Math.sqrt(Arrays.stream(row).map(x -> x * x).sum()))
        .max()
        .orElseThrow();
  }

  private static LayerGraph.Node linear(String name, double[][] w) {
    return new LayerGraph.Node(
        name,
        "MatMul",
        LinearLayers.ofRows(() -> new DMatrixRMaj(w), new double[0]),
        List.of("x"),
        w.length);
  }

  private static LayerGraph graph(Head head) {
    return new LayerGraph(
        "x",
        WIDTH,
        List.of(
            linear("q", head.q),
            linear("k", head.k),
            linear("v", head.v),
            new LayerGraph.Node(
                "y",
                "MatMul",
                new Layer.Attention(SCALE, TOKENS, DEPTH, true, 1),
                List.of("q", "k", "v"),
                WIDTH)));
  }

  private static double bound(LayerGraph graph, InputRegion region) {
    return Objects.requireNonNull(Composition.of(graph, "x", region).at("y")).value();
  }

  @Test
  void noJacobianExceedsTheBoundOnItsBallsNorOnAllImages() {
    SplittableRandom random = new SplittableRandom(1);
    double closest = 0;
    for (int trial = 0; trial < 2000; trial++) {
      Head head = Head.random(random, Math.exp(random.nextDouble(-2, 2)));
      // Now and then tokens in two places, where the derivative is large.
      boolean split = trial % 2 == 0;
      double[] x = new double[TOKENS * WIDTH];
      for (int i = 0; i < x.length; i++) {
        x[i] = split ? (i / WIDTH % 2 == 0 ? 0.9 : 0.1) : random.nextDouble();
      }
      LayerGraph graph = graph(head);
      Radii radii =
          new Radii(
              radius(head.mapped(head.q, x)),
              radius(head.mapped(head.k, x)),
              radius(head.mapped(head.v, x)));
      InputRegion proved = InputRegion.unitImages(graph);
      Radii all = Objects.requireNonNull(proved.radii().get("y"));
      assertThat(radii.queries()).isLessThanOrEqualTo(all.queries());
      assertThat(radii.keys()).isLessThanOrEqualTo(all.keys());
      assertThat(radii.values()).isLessThanOrEqualTo(all.values());
      double norm = head.jacobianNorm(x);
      double local = bound(graph, new InputRegion(Map.of("y", radii), Map.of()));
      assertThat(norm).isLessThanOrEqualTo(local * (1 + 1e-6));
      assertThat(local).isLessThanOrEqualTo(bound(graph, proved) * (1 + 1e-12));
      closest = Math.max(closest, norm / local);
    }
    assertThat(closest).isGreaterThan(0.3);
  }

  @Test
  void withoutRadiiThereIsNoConstantAndTheLayerIsNamed() {
    Head head = Head.random(new SplittableRandom(2), 1);
    Radii none = new Radii(Double.POSITIVE_INFINITY, 1, 1);
    Composition composition =
        Composition.of(graph(head), "x", new InputRegion(Map.of("y", none), Map.of()));
    assertThat(composition.unboundedLayer("y"))
        .isEqualTo("y (MatMul): attention without a radius has no finite constant");
  }

  /// Heads that stand side by side may each take another row of the values.
  @Test
  void rowsOfSeveralHeadsAreLongerThanThoseOfTheirValues() {
    Layer bounded = new Layer.Map(Bound.of(Bound.Kind.UPPER, 1, "test"), Growth.bounded(1, 1));
    Layer twoHeads = new Layer.Attention(1, 3, 2, false, 2);
    LayerGraph graph =
        new LayerGraph(
            "x",
            4,
            List.of(
                new LayerGraph.Node("v", "Clip", bounded, List.of("x"), 4),
                new LayerGraph.Node("y", "Attention", twoHeads, List.of("v", "v", "v"), 4),
                new LayerGraph.Node("z", "Attention", twoHeads, List.of("y", "y", "y"), 4)));
    InputRegion region = InputRegion.unitImages(graph);

    assertThat(Objects.requireNonNull(region.radii().get("y")).values()).isEqualTo(1);
    assertThat(Objects.requireNonNull(region.radii().get("z")).values())
        .isCloseTo(Math.sqrt(2), within(1e-12));
  }
}
