package topolip.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import topolip.diagram.GroundNorm;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.geometry.PointCloud;

/// Whether intervals hold what they are to hold: the mean over samples of the same size.
class IntervalCoverageTest {
  private static final int SAMPLES = 60;
  private static final int LAYERS = 4;
  private static final int EXPERIMENTS = 100;

  private final SplittableRandom random = new SplittableRandom(9);
  private final double[][][] weights = weights();

  private double[][][] weights() {
    double[][][] drawn = new double[LAYERS][8][8];
    for (double[][] layer : drawn) {
      for (double[] row : layer) {
        for (int i = 0; i < row.length; i++) {
          row[i] = random.nextGaussian() / 2;
        }
      }
    }
    return drawn;
  }

  /// A sample of four clusters, through the layers.
  private List<LayerClouds> layers() {
    double[][] points = new double[SAMPLES][8];
    for (double[] point : points) {
      int cluster = random.nextInt(4);
      for (int i = 0; i < point.length; i++) {
        point[i] = 0.4 * random.nextGaussian() + (i == cluster ? 2 : 0);
      }
    }
    List<LayerClouds> layers = new ArrayList<>();
    for (int l = 0; l <= LAYERS; l++) {
      layers.add(new LayerClouds(l, "layer" + l, "Relu", List.of(8), PointCloud.of(points), null));
      points = l < LAYERS ? next(weights[l], points) : points;
    }
    return layers;
  }

  private static double[][] next(double[][] layer, double[][] points) {
    double[][] images = new double[points.length][layer.length];
    for (int s = 0; s < points.length; s++) {
      for (int o = 0; o < layer.length; o++) {
        for (int i = 0; i < points[s].length; i++) {
          images[s][o] += layer[o][i] * points[s][i];
        }
        images[s][o] = Math.max(0, images[s][o]);
      }
    }
    return images;
  }

  private Series.TopoLip measure(int subsamples, long seed) throws IOException {
    ProfileOptions options =
        new ProfileOptions(
            Protocol.ADJACENT, List.of(0, 1), 1, GroundNorm.L_INFINITY, subsamples, 0.8, seed);
    try (LocalEngine engine = new LocalEngine(1)) {
      Measurement measured = new Profiler(options, engine, Progress.NONE).measure("relu", layers());
      return Objects.requireNonNull(measured.degrees().get("union")).raw().topolip();
    }
  }

  /// The intervals of mean rates are wider than they need to be (a mean of quotients falls more
  /// slowly than 1/√n), so they hold the mean more often than in 95 of 100 experiments.
  @Test
  void intervalsOfTopoLipHoldTheMeanOverSamples() throws IOException {
    double mean = 0;
    for (int s = 0; s < 300; s++) {
      mean += Objects.requireNonNull(measure(0, s).mean().value()) / 300;
    }
    int held = 0;
    for (int e = 0; e < EXPERIMENTS; e++) {
      Series.Estimate estimate = measure(20, e).mean();
      if (Objects.requireNonNull(estimate.low()) <= mean
          && mean <= Objects.requireNonNull(estimate.high())) {
        held++;
      }
    }
    assertThat(held).isBetween(90, EXPERIMENTS);
  }
}
