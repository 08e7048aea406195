package topolip.profile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.engine.Engine;
import topolip.engine.Progress;
import topolip.engine.UnitFailure;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;
import topolip.homology.PersistenceDiagram;

/// Measures TopoLip profiles.
///
/// A layer costs one distance matrix, O(n² d) time and n²/2 doubles, and for the whole sample and
/// each subsample one Vietoris-Rips persistent homology and one Wasserstein distance a degree. One
/// matrix a layer (two in the paired protocol) is held at a time.
public final class Profiler {
  private final ProfileOptions options;
  private final Engine engine;
  private final Progress progress;

  public Profiler(ProfileOptions options, Engine engine, Progress progress) {
    this.options = options;
    this.engine = engine;
    this.progress = progress;
  }

  /// The profile of one network.
  ///
  /// @param name for the progress and for messages
  /// @param layers from the input to the last, at least two; the same number of samples in each
  /// @throws IllegalArgumentException if there are too few layers or samples for the options
  /// @throws ArithmeticException if activations are so large that their distances overflow, or a
  ///   theorem about diagrams is violated
  /// @throws UnitFailure if one layer's homology or one distance cannot be had, such as when the
  ///   distance is infinite or its powers vanish
  public Measurement measure(String name, List<LayerClouds> layers) throws IOException {
    Subsamples subsamples = subsamples(name, layers);
    boolean paired = options.protocol() == Protocol.PAIRED;
    List<List<LayerShape>> shapes = new ArrayList<>();
    List<List<LayerShape>> perturbed = new ArrayList<>();
    long units = (long) layers.size() * subsamples.count() * (paired ? 2 : 1);
    try (Progress.Stage stage = progress.begin(name + ": homology", units)) {
      for (LayerClouds layer : layers) {
        String title = title(name, layer);
        shapes.add(shapes(title, layer.cloud(), subsamples, stage));
        if (layer.perturbed() != null) {
          perturbed.add(shapes(title + ", perturbed", layer.perturbed(), subsamples, stage));
        }
      }
    }
    var before = paired ? shapes : shapes.subList(0, shapes.size() - 1);
    var after = paired ? perturbed : shapes.subList(1, shapes.size());
    ProfileSeries series =
        new ProfileSeries(options, subsamples.share(), distances(name, before, after));
    List<List<PersistenceDiagram>> diagrams =
        shapes.stream().map(layer -> layer.getFirst().diagrams()).toList();
    return new Measurement(
        measuredLayers(name, layers, shapes, perturbed),
        series.degrees(),
        diagrams,
        new LayerMeasures(options.measures(), engine.threads())
            .of(name, layers, diagrams, progress),
        series.replicates());
  }

  private static String title(String name, LayerClouds layer) {
    return "%s, layer %d (%s)".formatted(name, layer.index(), layer.name());
  }

  private Subsamples subsamples(String name, List<LayerClouds> layers) {
    if (layers.size() < 2) {
      throw new IllegalArgumentException(
          "%s: a profile needs at least two layers, not %d".formatted(name, layers.size()));
    }
    for (LayerClouds layer : layers) {
      if (layer.cloud().size() != layers.getFirst().cloud().size()) {
        throw new IllegalArgumentException(
            "%s: layer %s has %d samples, but layer %s has %d"
                .formatted(
                    name,
                    layer.name(),
                    layer.cloud().size(),
                    layers.getFirst().name(),
                    layers.getFirst().cloud().size()));
      }
      if ((layer.perturbed() != null) != (options.protocol() == Protocol.PAIRED)) {
        throw new IllegalArgumentException(
            "%s: perturbed samples belong to the paired protocol only, and to each of its layers"
                .formatted(name));
      }
    }
    int samples = layers.getFirst().cloud().size();
    if (samples < 2) {
      throw new IllegalArgumentException(
          "%s: a profile needs at least two samples, not %d".formatted(name, samples));
    }
    return Subsamples.of(samples, options);
  }

  /// The shapes of one layer, one a replicate, all from one distance matrix.
  private List<LayerShape> shapes(
      String layer, PointCloud cloud, Subsamples subsamples, Progress.Stage stage)
      throws IOException {
    SampledDistances distances = new SampledDistances(distances(layer, cloud), subsamples);
    List<ShapeUnit> units = new ArrayList<>();
    for (int r = 0; r < subsamples.count(); r++) {
      units.add(new ShapeUnit(layer + ", " + Subsamples.name(r), r, options.degrees()));
    }
    return engine.run(distances, units, stage);
  }

  private DistanceMatrix distances(String layer, PointCloud cloud) {
    try {
      return cloud.distances(engine.threads());
    } catch (IllegalArgumentException e) {
      throw new ArithmeticException(layer + ": " + e.getMessage());
    }
  }

  /// For each replicate, the distances along the layers.
  private List<List<LayerDistance>> distances(
      String name, List<List<LayerShape>> before, List<List<LayerShape>> after) throws IOException {
    int replicates = before.getFirst().size();
    List<DistanceUnit> units = new ArrayList<>();
    for (int r = 0; r < replicates; r++) {
      for (int l = 0; l < before.size(); l++) {
        String unit = "%s, distance %d, %s".formatted(name, l, Subsamples.name(r));
        units.add(new DistanceUnit(unit, before.get(l).get(r), after.get(l).get(r)));
      }
    }
    try (Progress.Stage stage = progress.begin(name + ": distances", units.size())) {
      List<LayerDistance> flat = engine.run(options.wasserstein(), units, stage);
      List<List<LayerDistance>> series = new ArrayList<>();
      for (int r = 0; r < replicates; r++) {
        series.add(flat.subList(r * before.size(), (r + 1) * before.size()));
      }
      return series;
    }
  }

  private static List<ModelProfile.Layer> measuredLayers(
      String name,
      List<LayerClouds> layers,
      List<List<LayerShape>> shapes,
      List<List<LayerShape>> perturbed) {
    List<ModelProfile.Layer> measured = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      LayerClouds layer = layers.get(l);
      LayerShape clean = shapes.get(l).getFirst();
      @Nullable LayerShape other = perturbed.isEmpty() ? null : perturbed.get(l).getFirst();
      measured.add(
          new ModelProfile.Layer(
              layer.index(),
              layer.name(),
              layer.kind(),
              layer.shape(),
              clean.scale(),
              other == null ? null : (Double) other.scale(),
              other == null ? null : Stability.of(title(name, layer), layer, clean, other)));
    }
    return measured;
  }
}
