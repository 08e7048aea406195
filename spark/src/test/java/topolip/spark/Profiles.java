package topolip.spark;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import topolip.engine.Engine;
import topolip.engine.Progress;
import topolip.geometry.PointCloud;
import topolip.profile.LayerClouds;
import topolip.profile.Measurement;
import topolip.profile.ProfileOptions;
import topolip.profile.Profiler;

/// A profile of random points.
final class Profiles {
  private static final int LAYERS = 3;

  /// Homology of each layer and distances of neighbours, of the whole sample and 20 subsamples.
  static final int UNITS = (LAYERS + LAYERS - 1) * 21;

  private Profiles() {}

  static Measurement measure(Engine engine, Progress progress) throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    List<LayerClouds> layers =
        IntStream.range(0, LAYERS)
            .mapToObj(l -> new LayerClouds(l, "l" + l, "test", List.of(3), cloud(random), null))
            .toList();
    return new Profiler(ProfileOptions.defaults(), engine, progress).measure("net", layers);
  }

  private static PointCloud cloud(SplittableRandom random) {
    double[][] points = new double[80][3];
    for (double[] point : points) {
      for (int k = 0; k < 3; k++) {
        point[k] = random.nextDouble();
      }
    }
    return PointCloud.of(points);
  }
}
