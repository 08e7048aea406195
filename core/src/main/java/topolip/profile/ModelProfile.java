package topolip.profile;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Bound;
import topolip.model.Accuracy;

/// The TopoLip profile of one network.
///
/// @param parameters the number of trained values; null when the activations came from files
/// @param accuracy on the images asked for; null when the activations came from files, and when the
///   labels of the data are not the classes of the model
/// @param sampleAccuracy on the clean samples; null unless the protocol is paired
/// @param perturbedAccuracy on the perturbed samples; null unless the protocol is paired
/// @param under accuracies on the samples under perturbations that were asked for besides
/// @param measures of layers besides, by name: one value a layer, or a pair of neighbours; null
///   where undefined
/// @param notes what a reader must know, such as why there is no accuracy
/// @param degrees by degree (`0`, `1`, …) and for their sum (`union`)
public record ModelProfile(
    String name,
    @Nullable Long parameters,
    @Nullable Accuracy accuracy,
    @Nullable Accuracy sampleAccuracy,
    @Nullable Accuracy perturbedAccuracy,
    List<Under> under,
    List<Layer> layers,
    Map<String, DegreeProfile> degrees,
    Map<String, List<@Nullable Double>> measures,
    List<String> notes) {

  /// The profile of activations that came from files.
  public static ModelProfile ofActivations(String name, Measurement measured) {
    return new ModelProfile(
        name,
        null,
        null,
        null,
        null,
        List.of(),
        measured.layers(),
        measured.degrees(),
        measured.measures(),
        List.of());
  }

  /// An accuracy under a perturbation.
  ///
  /// @param perturbation as it was asked for, such as `pgd:2/255:20`
  /// @param clean on the same samples as they are
  public record Under(String perturbation, Accuracy clean, Accuracy accuracy) {}

  /// A tap as measured.
  ///
  /// @param shape of one sample's activation
  /// @param scale the median pairwise distance of the layer's cloud
  /// @param perturbedScale that of the perturbed cloud; null unless the protocol is paired
  /// @param stability how far its diagrams moved, and how far they may; null unless the protocol is
  ///   paired
  public record Layer(
      int index,
      String name,
      String kind,
      List<Integer> shape,
      double scale,
      @Nullable Double perturbedScale,
      @Nullable Stability stability) {

    /// The same with how far its diagrams may move.
    Layer bounded(String model, Bound constant, double moved, @Nullable String unbounded) {
      Stability seen = Objects.requireNonNull(stability);
      String title = "%s, layer %d (%s)".formatted(model, index, name);
      return new Layer(
          index,
          name,
          kind,
          shape,
          scale,
          perturbedScale,
          seen.proved(title, constant, moved, unbounded));
    }
  }

  /// The series of one degree, of the diagrams as they are and of each divided by its scale.
  public record DegreeProfile(Series raw, Series scaleFree) {}

  ModelProfile renamed(String other) {
    return new ModelProfile(
        other,
        parameters,
        accuracy,
        sampleAccuracy,
        perturbedAccuracy,
        under,
        layers,
        degrees,
        measures,
        notes);
  }

  /// The same with accuracies under perturbations.
  public ModelProfile withUnder(List<Under> accuracies) {
    return new ModelProfile(
        name,
        parameters,
        accuracy,
        sampleAccuracy,
        perturbedAccuracy,
        List.copyOf(accuracies),
        layers,
        degrees,
        measures,
        notes);
  }
}
