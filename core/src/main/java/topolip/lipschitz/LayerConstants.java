package topolip.lipschitz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.dataset.Images;
import topolip.engine.Progress;
import topolip.model.DifferentiableModel;
import topolip.model.Tap;

/// What is proved of a network up to a tap, and what is found.
///
/// @param tap where
/// @param bound of the tap as a function of the image, at all images in [0, 1]
/// @param boundOnSample the same on the region of the sample's activations: it bounds the Jacobian
///   at the images of the sample, and nothing else; as a Lipschitz constant, an estimate
/// @param block of the tap as a function of the tap before it; null for the input, and where paths
///   pass by that tap
/// @param blockOnSample the same on the region of the sample's activations; an estimate as well
/// @param untapped the layers on the way whose radii and deviations are those of all images in the
///   bounds on the sample as well, since the model has no tap for what they read: the tensors that
///   they make
/// @param unbounded the first layer on the way without a finite constant, and why; null if there is
///   none
/// @param jacobian the norms of the Jacobian with respect to the image, at the sample: the largest
/// @param meanJacobian their mean
/// @param steepest the largest quotient that gradient ascent found; null where it was not run
/// @param change of the sample against its perturbed copy
public record LayerConstants(
    Tap tap,
    Bound bound,
    Bound boundOnSample,
    @Nullable Bound block,
    @Nullable Bound blockOnSample,
    List<String> untapped,
    @Nullable String unbounded,
    Bound jacobian,
    double meanJacobian,
    @Nullable Bound steepest,
    LayerChange change) {

  public LayerConstants {
    untapped = List.copyOf(untapped);
  }

  /// How constants are found.
  ///
  /// @param steepestAt the taps at which gradient ascent is run
  public record Search(
      JacobianNorms.Iteration iteration, SteepestQuotient ascent, List<Tap> steepestAt) {
    public Search {
      steepestAt = List.copyOf(steepestAt);
    }
  }

  /// Pairs of images.
  ///
  /// @param ids one an image: what random starts depend on, with the seed
  public record Sample(Images clean, Images perturbed, List<Integer> ids, long seed) {
    public Sample {
      ids = List.copyOf(ids);
    }
  }

  /// The constants at taps, the first of which is the input.
  ///
  /// @param graph the layers of the model, whose tensors its taps are
  /// @throws java.util.concurrent.CancellationException if the calling thread was interrupted
  public static List<LayerConstants> along(
      LayerGraph graph,
      DifferentiableModel model,
      List<Tap> taps,
      Sample sample,
      Search search,
      Progress progress) {
    InputRegion everywhere = InputRegion.unitImages(graph);
    InputRegion onSample = everywhere.measured(graph, model, sample.clean);
    List<String> untapped = InputRegion.untapped(graph, model);
    Composition global = Composition.of(graph, graph.input(), everywhere);
    Composition local = Composition.of(graph, graph.input(), onSample);
    List<LayerChange> changes = LayerChange.along(model, taps, sample.clean, sample.perturbed);
    int[] ids = sample.ids.stream().mapToInt(id -> id).toArray();
    List<LayerConstants> all = new ArrayList<>();
    try (Progress.Stage stage = progress.begin(model.name() + ": Jacobians", taps.size())) {
      for (int t = 0; t < taps.size(); t++) {
        Tap tap = taps.get(t);
        String tensor = graph.tensor(tap);
        JacobianNorms jacobian = search.iteration.at(model, sample.clean, tap, ids, sample.seed);
        String before = t == 0 ? tensor : graph.tensor(taps.get(t - 1));
        @Nullable Bound blockOnSample =
            t == 0 ? null : Composition.between(graph, before, tensor, onSample);
        all.add(
            new LayerConstants(
                tap,
                required(global, tensor),
                onSample(required(local, tensor)),
                t == 0 ? null : Composition.between(graph, before, tensor, everywhere),
                blockOnSample == null ? null : onSample(blockOnSample),
                untapped.stream().filter(graph.way(tensor)::contains).toList(),
                global.unboundedLayer(tensor),
                jacobian.largest(),
                Arrays.stream(jacobian.norms()).average().orElse(0),
                search.steepestAt.contains(tap)
                    ? steepest(search.ascent.at(model, sample.clean, tap, jacobian))
                    : null,
                changes.get(t)));
        stage.step(1);
      }
    }
    return all;
  }

  /// An upper bound of Jacobians at the sample says nothing sure of images between and beyond them:
  /// as a Lipschitz constant it is an estimate.
  private static Bound onSample(Bound ofJacobians) {
    return new Bound(Bound.Kind.ESTIMATE, ofJacobians.logarithm(), ofJacobians.source());
  }

  private static Bound required(Composition composition, String tensor) {
    Bound bound = composition.at(tensor);
    if (bound == null) {
      throw new IllegalArgumentException("the layers have no tensor " + tensor);
    }
    return bound;
  }

  private static Bound steepest(double[] quotients) {
    double largest = Arrays.stream(quotients).max().orElse(0);
    return Bound.of(Bound.Kind.LOWER, largest, "gradient ascent");
  }

  /// The largest constant found from the image to the tap: a lower bound.
  public Bound found() {
    double largest = jacobian.value();
    if (steepest != null) {
      largest = Math.max(largest, steepest.value());
    }
    Double quotient = change.quotientFromInput();
    if (quotient != null) {
      largest = Math.max(largest, quotient);
    }
    return Bound.of(Bound.Kind.LOWER, largest, "found");
  }

  /// The largest constant found from the tap before to this one; null for the input.
  public @Nullable Bound foundInBlock() {
    Double quotient = change.largestQuotient();
    return quotient == null ? null : Bound.of(Bound.Kind.LOWER, quotient, "found");
  }

  /// The logarithm to base 10 of bound over found: how much is not known. Infinite without a bound.
  public double tightness() {
    return bound.log10() - found().log10();
  }

  /// The same of the block; null where either is missing.
  public @Nullable Double blockTightness() {
    Bound below = foundInBlock();
    return block == null || below == null ? null : (Double) (block.log10() - below.log10());
  }
}
