package topolip.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import topolip.diagram.GroundNorm;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.geometry.PointCloud;
import topolip.model.Accuracy;
import topolip.profile.LayerClouds;
import topolip.profile.Measurement;
import topolip.profile.ModelProfile;
import topolip.profile.NetworkProfiler.Profiled;
import topolip.profile.ProfileOptions;
import topolip.profile.Profiler;
import topolip.profile.Protocol;
import topolip.profile.Provenance;
import topolip.profile.RunFiles;
import topolip.profile.RunResult;

/// Measures small random clouds as if they were networks, and writes the run.
final class Runs {
  private static final String HASH = "0123456789abcdef".repeat(4);

  private Runs() {}

  static void write(Path folder, Protocol protocol, String... names) throws IOException {
    List<Profiled> networks = new ArrayList<>();
    for (int m = 0; m < names.length; m++) {
      networks.add(network(names[m], protocol, 4 + m));
    }
    Provenance provenance =
        new Provenance(
            "0.1.0",
            HASH.substring(24),
            "topolip measure <b>a.onnx</b>",
            Map.of("protocol", protocol, "samples", 30),
            7,
            new Provenance.Data("shapes", "test", HASH, 2000, 30),
            Map.of(names[0], HASH),
            Map.of(),
            "JVM 25",
            "Linux",
            "2026-01-01T00:00:00Z",
            1.5);
    RunFiles.write(
        folder,
        RunResult.of(provenance, networks),
        networks.stream().map(Profiled::measurement).toList());
  }

  /// Layer 1 is a single point: nothing that is relative to it is defined.
  private static Profiled network(String name, Protocol protocol, int layers) throws IOException {
    SplittableRandom random = new SplittableRandom(layers);
    List<LayerClouds> clouds = new ArrayList<>();
    for (int l = 0; l < layers; l++) {
      double[][][] points = new double[2][30][2];
      for (double[][] cloud : points) {
        for (double[] point : cloud) {
          point[0] = l == 1 ? 1 : random.nextDouble();
          point[1] = l == 1 ? 1 : random.nextDouble();
        }
      }
      clouds.add(
          new LayerClouds(
              l,
              "/block." + l + "/out",
              "Add",
              List.of(2),
              PointCloud.of(points[0]),
              protocol == Protocol.PAIRED ? PointCloud.of(points[1]) : null));
    }
    ProfileOptions options =
        new ProfileOptions(protocol, List.of(0, 1), 1, GroundNorm.L_INFINITY, 5, 0.8, 0);
    try (LocalEngine engine = new LocalEngine(1)) {
      Measurement m = new Profiler(options, engine, Progress.NONE).measure(name, clouds);
      return new Profiled(
          new ModelProfile(
              name,
              1234L,
              Accuracy.of(9, 10),
              protocol == Protocol.PAIRED ? Accuracy.of(8, 10) : null,
              protocol == Protocol.PAIRED ? Accuracy.of(5, 10) : null,
              List.of(
                  new ModelProfile.Under("pgd:2/255:20", Accuracy.of(9, 10), Accuracy.of(3, 10))),
              m.layers(),
              m.degrees(),
              m.measures(),
              List.of("A note on " + name)),
          m);
    }
  }
}
