package topolip.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import topolip.dataset.Dataset;
import topolip.engine.Engine;
import topolip.engine.Progress;
import topolip.lipschitz.Composition;
import topolip.lipschitz.InputRegion;
import topolip.lipschitz.LayerGraph;
import topolip.model.Accuracy;
import topolip.model.Activations;
import topolip.model.Evaluation;
import topolip.model.Model;
import topolip.model.Tap;
import topolip.perturb.SamplePair;

/// Measures networks on images: their activations, their profile, and their accuracy.
public final class NetworkProfiler {
  private final ProfileOptions options;
  private final long memory;
  private final Path spill;
  private final Engine engine;
  private final Progress progress;

  /// @param memory bytes that activations may take on the heap
  /// @param spill the folder for what exceeds it
  public NetworkProfiler(
      ProfileOptions options, long memory, Path spill, Engine engine, Progress progress) {
    this.options = options;
    this.memory = memory;
    this.spill = spill;
    this.engine = engine;
    this.progress = progress;
  }

  /// A network's profile, and what it was made from.
  public record Profiled(ModelProfile profile, Measurement measurement) {}

  /// The profile of one network.
  ///
  /// @param name unique among the networks of a run
  /// @param taps at least two, in the order of the layers
  /// @param labelled the images for the accuracy, and which of them; none gives no accuracy
  /// @param graph the layers of the model, whose constants bound how far diagrams move; null for no
  ///   bounds, and in the adjacent protocol
  public Profiled profile(
      String name,
      Model model,
      List<Tap> taps,
      SamplePair samples,
      Dataset labelled,
      int[] judged,
      @Nullable LayerGraph graph)
      throws IOException {
    boolean paired = options.protocol() == Protocol.PAIRED;
    List<String> notes = notes(model, labelled);
    boolean whole = judged.length > 0 && notes.isEmpty();
    @Nullable Accuracy accuracy = whole ? accuracy(model, labelled, judged) : null;
    @Nullable Accuracy clean =
        whole && paired
            ? Evaluation.accuracy(model, samples.cleanLabels(), samples::clean, progress)
            : null;
    @Nullable Accuracy perturbed =
        whole && paired
            ? Evaluation.accuracy(model, samples.perturbedLabels(), samples::perturbed, progress)
            : null;
    Measurement measurement =
        paired ? paired(name, model, taps, samples) : adjacent(name, model, taps, samples);
    return new Profiled(
        new ModelProfile(
            name,
            model.parameters(),
            accuracy,
            clean,
            perturbed,
            List.of(),
            graph == null
                ? measurement.layers()
                : bounded(name, measurement.layers(), taps, graph, samples.largestDistance()),
            measurement.degrees(),
            measurement.measures(),
            notes),
        measurement);
  }

  /// The layers with how far their diagrams may move.
  private static List<ModelProfile.Layer> bounded(
      String name,
      List<ModelProfile.Layer> layers,
      List<Tap> taps,
      LayerGraph graph,
      double moved) {
    Composition constants = Composition.of(graph, graph.input(), InputRegion.unitImages(graph));
    List<ModelProfile.Layer> bounded = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      ModelProfile.Layer layer = layers.get(l);
      String tensor = graph.tensor(taps.get(l));
      bounded.add(
          layer.bounded(
              name,
              Objects.requireNonNull(constants.at(tensor)),
              moved,
              constants.unboundedLayer(tensor)));
    }
    return bounded;
  }

  /// Why the labels of the data say nothing of the model.
  private static List<String> notes(Model model, Dataset data) {
    int classes = data.labelled() ? data.classNames().size() : model.classes();
    return data.classesByName() && classes != model.classes()
        ? List.of(
            "No accuracy: the data have %,d classes, the model %,d."
                .formatted(classes, model.classes()))
        : List.of();
  }

  private Accuracy accuracy(Model model, Dataset data, int[] indices) throws IOException {
    int[] labels = IntStream.of(indices).map(data::label).toArray();
    return Evaluation.accuracy(
        model, labels, (from, to) -> data.read(Arrays.copyOfRange(indices, from, to)), progress);
  }

  private Measurement adjacent(String name, Model model, List<Tap> taps, SamplePair samples)
      throws IOException {
    try (Activations clean = record(model, taps, samples, samples::clean, memory)) {
      return measure(name, LayerClouds.of(clean, null));
    }
  }

  private Measurement paired(String name, Model model, List<Tap> taps, SamplePair samples)
      throws IOException {
    try (Activations clean = record(model, taps, samples, samples::clean, memory / 2);
        Activations perturbed = record(model, taps, samples, samples::perturbed, memory / 2)) {
      return measure(name, LayerClouds.of(clean, perturbed));
    }
  }

  private Activations record(
      Model model, List<Tap> taps, SamplePair samples, Activations.Batches batches, long budget)
      throws IOException {
    return Activations.record(model, taps, samples.count(), batches, budget, spill, progress);
  }

  private Measurement measure(String name, List<LayerClouds> layers) throws IOException {
    return new Profiler(options, engine, progress).measure(name, layers);
  }
}
