package topolip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import topolip.dataset.DatasetException;
import topolip.dataset.NpyArray;
import topolip.geometry.PointCloud;
import topolip.profile.LayerClouds;

/// A folder of activations, one `.npy` a layer, mapped into memory: in name order, in which numbers
/// count as numbers (`layer_2` before `layer_10`).
final class ActivationFolder implements AutoCloseable {
  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final Comparator<Path> NATURAL =
      Comparator.comparing(ActivationFolder::padded).thenComparing(Comparator.naturalOrder());

  private final Path folder;
  private final List<NpyArray> layers;

  private ActivationFolder(Path folder, List<NpyArray> layers) {
    this.folder = folder;
    this.layers = layers;
  }

  /// @throws IOException if there are fewer than two files, or one is no array of numbers
  static ActivationFolder open(Path folder) throws IOException {
    List<Path> files;
    try (var entries = Files.list(folder)) {
      files = entries.filter(file -> file.toString().endsWith(".npy")).sorted(NATURAL).toList();
    }
    if (files.size() < 2) {
      throw new DatasetException(
          folder, "has %d .npy files; expected one a layer, at least two".formatted(files.size()));
    }
    ActivationFolder opened = new ActivationFolder(folder, new ArrayList<>());
    try {
      for (Path file : files) {
        opened.layers.add(NpyArray.open(file));
      }
      return opened;
    } catch (Throwable e) {
      opened.close();
      throw e;
    }
  }

  /// The name with its numbers at equal length.
  private static String padded(Path file) {
    return NUMBER
        .matcher(file.getFileName().toString())
        .replaceAll(
            number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
  }

  List<Path> files() {
    return layers.stream().map(NpyArray::file).toList();
  }

  /// The layers, with those of perturbed samples if given.
  ///
  /// @throws IOException if the folders do not hold the same layers, or what is not finite
  List<LayerClouds> with(@Nullable ActivationFolder perturbed) throws IOException {
    if (perturbed != null) {
      requireSameLayers(perturbed);
    }
    List<LayerClouds> clouds = new ArrayList<>();
    for (int l = 0; l < layers.size(); l++) {
      NpyArray layer = layers.get(l);
      List<Integer> shape = layer.shape().stream().skip(1).map(Math::toIntExact).toList();
      String name = layer.file().getFileName().toString().replaceFirst("\\.npy$", "");
      clouds.add(
          new LayerClouds(
              l,
              name,
              "npy",
              shape,
              cloud(layer),
              perturbed == null ? null : cloud(perturbed.layers.get(l))));
    }
    return clouds;
  }

  private void requireSameLayers(ActivationFolder perturbed) throws IOException {
    if (perturbed.layers.size() != layers.size()) {
      throw new DatasetException(
          perturbed.folder,
          "has %d layers, but %s has %d".formatted(perturbed.layers.size(), folder, layers.size()));
    }
    for (int l = 0; l < layers.size(); l++) {
      NpyArray clean = layers.get(l);
      NpyArray other = perturbed.layers.get(l);
      if (!other.file().getFileName().equals(clean.file().getFileName())) {
        throw new DatasetException(
            other.file(),
            "is layer %d, but in %s that is %s; expected equal names"
                .formatted(l, folder, clean.file().getFileName()));
      }
      if (!other.shape().equals(clean.shape())) {
        throw new DatasetException(
            other.file(),
            "has shape %s, but %s has %s".formatted(other.shape(), clean.file(), clean.shape()));
      }
    }
  }

  private static PointCloud cloud(NpyArray array) throws IOException {
    if (array.shape().size() < 2 || array.size() == 0) {
      throw new DatasetException(
          array.file(), "has shape %s; expected (samples, features)".formatted(array.shape()));
    }
    int samples = Math.toIntExact(array.shape().getFirst());
    int features = Math.toIntExact(array.size() / samples);
    for (long i = 0; i < array.size(); i++) {
      if (!Double.isFinite(array.get(i))) {
        throw new DatasetException(
            array.file(),
            "is %s at sample %d, feature %d; a profile needs finite activations"
                .formatted(array.get(i), i / features, i % features));
      }
    }
    return array.holdsNativeFloats()
        ? PointCloud.wrapFloats(array.nativeFloats(), samples, features)
        : PointCloud.wrapDoubles(array.toDoubles(), samples, features);
  }

  @Override
  public void close() {
    layers.forEach(NpyArray::close);
  }
}
