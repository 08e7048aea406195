package topolip.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import topolip.dataset.ImageShape;
import topolip.model.ModelException;
import topolip.torch.Architectures;
import topolip.torch.ModelFiles;
import topolip.torch.Network;
import topolip.torch.NetworkWeights;
import topolip.torch.Normalisation;
import topolip.torch.TorchModel;

/// Built-in architectures as the command line names them.
///
/// Settings besides those of the architecture: `classes` (10), `mean`, `std`, `seed` of random
/// weights (0), and `architecture` of a file from elsewhere.
final class BuiltInModel {
  private static final String ARCHITECTURE = "architecture";
  private static final String CLASSES = "classes";
  private static final String SEED = "seed";
  private static final ImageShape CIFAR = new ImageShape(3, 32, 32);

  private BuiltInModel() {}

  /// A network of the file: its own, or the architecture that its settings name.
  static TorchModel read(
      ModelFile file, NormalisationOptions defaults, @Nullable ImageShape data, int threads)
      throws IOException {
    return TorchModel.of(title(file), stored(file, defaults, data), threads);
  }

  private static String title(ModelFile file) throws IOException {
    return String.valueOf(file.existing().getFileName()).replaceFirst("\\.safetensors$", "");
  }

  /// What [#read] reads.
  static NetworkWeights stored(
      ModelFile file, NormalisationOptions defaults, @Nullable ImageShape data) throws IOException {
    String architecture = file.settings().get(ARCHITECTURE);
    if (architecture == null && !file.settings().isEmpty()) {
      throw new IllegalArgumentException(
          "%s: settings belong to files from elsewhere, with ?architecture=resnet18"
              .formatted(file));
    }
    Network network =
        architecture == null
            ? null
            : network(architecture, file, defaults, data == null ? CIFAR : data, 10);
    NetworkWeights weights = ModelFiles.read(file.existing(), network);
    ImageShape input = weights.network().input();
    if (data != null && !data.equals(input)) {
      throw new ModelException(
          file.existing(), "takes images of %s, but the data have %s".formatted(input, data));
    }
    return weights;
  }

  /// An architecture with random weights.
  static TorchModel random(
      ModelFile model, NormalisationOptions defaults, @Nullable ImageShape data, int threads) {
    return TorchModel.of(model.toString(), drawn(model, defaults, data), threads);
  }

  /// The random weights.
  static NetworkWeights drawn(
      ModelFile model, NormalisationOptions defaults, @Nullable ImageShape data) {
    Network network = network(model.name(), model, defaults, data == null ? CIFAR : data, 10);
    return NetworkWeights.random(network, whole(model, SEED, 0));
  }

  /// @param classes unless the settings say another number
  static Network network(
      String architecture,
      ModelFile model,
      NormalisationOptions defaults,
      ImageShape input,
      int classes) {
    Map<String, String> settings = new LinkedHashMap<>(model.settings());
    settings.keySet().removeAll(List.of(ARCHITECTURE, CLASSES, SEED, "mean", "std"));
    try {
      return new Network(
          Architectures.with(Architectures.named(architecture, input), settings),
          input,
          Math.toIntExact(whole(model, CLASSES, classes)),
          normalisation(model, defaults, input.channels()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(model + ": " + e.getMessage(), e);
    }
  }

  /// That of the settings, or else of the options, or else none.
  private static Normalisation normalisation(
      ModelFile model, NormalisationOptions defaults, int channels) {
    Normalisation none = Normalisation.of(channels, 0, 1);
    return new Normalisation(
        Objects.requireNonNullElse(model.mean(defaults), none.mean()),
        Objects.requireNonNullElse(model.std(defaults), none.std()));
  }

  static long whole(ModelFile model, String setting, long otherwise) {
    String value = model.settings().get(setting);
    try {
      return value == null ? otherwise : Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is no whole number for %s".formatted(value, setting), e);
    }
  }
}
