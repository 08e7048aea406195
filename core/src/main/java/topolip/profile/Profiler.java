package topolip.profile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import topolip.diagram.Wasserstein;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;
import topolip.homology.PersistenceDiagram;
import topolip.homology.VietorisRips;

/// Measures TopoLip profiles.
///
/// A layer costs one distance matrix, O(n² d) time and n²/2 doubles, and for the whole sample and
/// each subsample one Vietoris-Rips persistent homology and one Wasserstein distance a degree. One
/// matrix a layer (two in the paired protocol) is held at a time.
public final class Profiler {
  private final ProfileOptions options;
  private final LocalEngine engine;
  private final Progress progress;

  public Profiler(ProfileOptions options, LocalEngine engine, Progress progress) {
    this.options = options;
    this.engine = engine;
    this.progress = progress;
  }

  /// The profile of one network.
  ///
  /// @param name for the progress and for messages
  /// @param layers from the input to the last, at least two; the same number of samples in each
  /// @throws IllegalArgumentException if there are too few layers or samples for the options
  /// @throws ArithmeticException if activations are so large that their distances overflow
  public Measurement measure(String name, List<LayerClouds> layers) throws IOException {
    Subsamples subsamples = subsamples(name, layers);
    List<int[]> replicates = subsamples.replicates();
    boolean paired = options.protocol() == Protocol.PAIRED;
    List<List<LayerShape>> shapes = new ArrayList<>();
    List<List<LayerShape>> perturbed = new ArrayList<>();
    long units = (long) layers.size() * replicates.size() * (paired ? 2 : 1);
    try (Progress.Stage stage = progress.begin(name + ": homology", units)) {
      for (LayerClouds layer : layers) {
        shapes.add(shapes(layer, layer.cloud(), replicates, stage));
        if (layer.perturbed() != null) {
          perturbed.add(shapes(layer, layer.perturbed(), replicates, stage));
        }
      }
    }
    var before = paired ? shapes : shapes.subList(0, shapes.size() - 1);
    var after = paired ? perturbed : shapes.subList(1, shapes.size());
    ProfileSeries series =
        new ProfileSeries(options, subsamples.share(), distances(name, before, after));
    return new Measurement(
        measuredLayers(layers, shapes, perturbed),
        series.degrees(),
        shapes.stream().map(layer -> layer.getFirst().diagrams()).toList(),
        series.replicates());
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
      LayerClouds layer, PointCloud cloud, List<int[]> replicates, Progress.Stage stage)
      throws IOException {
    DistanceMatrix distances = distances(layer, cloud);
    List<Callable<LayerShape>> units = new ArrayList<>();
    for (int r = 0; r < replicates.size(); r++) {
      int[] samples = replicates.get(r);
      boolean whole = r == 0;
      units.add(() -> shape(whole ? distances : distances.subset(samples)));
    }
    return engine.run(units, stage);
  }

  private DistanceMatrix distances(LayerClouds layer, PointCloud cloud) {
    try {
      return cloud.distances(engine.threads());
    } catch (IllegalArgumentException e) {
      throw new ArithmeticException(
          "layer %d (%s): %s".formatted(layer.index(), layer.name(), e.getMessage()));
    }
  }

  private LayerShape shape(DistanceMatrix distances) {
    List<PersistenceDiagram> all =
        VietorisRips.upTo(options.degrees().getLast()).diagrams(distances);
    return new LayerShape(distances.median(), options.degrees().stream().map(all::get).toList());
  }

  /// For each replicate, the distances along the layers.
  private List<List<LayerDistance>> distances(
      String name, List<List<LayerShape>> before, List<List<LayerShape>> after) throws IOException {
    int replicates = before.getFirst().size();
    Wasserstein wasserstein = options.wasserstein();
    List<Callable<LayerDistance>> units = new ArrayList<>();
    for (int r = 0; r < replicates; r++) {
      for (int l = 0; l < before.size(); l++) {
        LayerShape a = before.get(l).get(r);
        LayerShape b = after.get(l).get(r);
        units.add(() -> LayerDistance.between(a, b, wasserstein));
      }
    }
    try (Progress.Stage stage = progress.begin(name + ": distances", units.size())) {
      List<LayerDistance> flat = engine.run(units, stage);
      List<List<LayerDistance>> series = new ArrayList<>();
      for (int r = 0; r < replicates; r++) {
        series.add(flat.subList(r * before.size(), (r + 1) * before.size()));
      }
      return series;
    }
  }

  private static List<ModelProfile.Layer> measuredLayers(
      List<LayerClouds> layers, List<List<LayerShape>> shapes, List<List<LayerShape>> perturbed) {
    List<ModelProfile.Layer> measured = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      LayerClouds layer = layers.get(l);
      measured.add(
          new ModelProfile.Layer(
              layer.index(),
              layer.name(),
              layer.kind(),
              layer.shape(),
              shapes.get(l).getFirst().scale(),
              perturbed.isEmpty() ? null : perturbed.get(l).getFirst().scale()));
    }
    return measured;
  }
}
