package topolip.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Where a data set comes from, as written on the command line.
public sealed interface DataSource {

  /// CIFAR-10, binary version: its folder, or the archive as downloaded.
  record Cifar10(Path path) implements DataSource {
    @Override
    public String toString() {
      return "cifar10:" + path;
    }
  }

  /// CIFAR-100, binary version, fine labels.
  record Cifar100(Path path) implements DataSource {
    @Override
    public String toString() {
      return "cifar100:" + path;
    }
  }

  /// A folder of IDX files, named as those of MNIST.
  record Idx(Path path) implements DataSource {
    @Override
    public String toString() {
      return "idx:" + path;
    }
  }

  /// Images in one sub-folder a class.
  ///
  /// @param resize the length that the shorter side is resized to; null to leave it
  /// @param crop the sides of the square cut from the centre; null to leave the image whole
  record Folder(Path path, @Nullable Integer resize, @Nullable Integer crop) implements DataSource {

    public Folder {
      if ((resize != null && resize < 1) || (crop != null && crop < 1)) {
        throw new IllegalArgumentException(
            "resize and crop must be positive: %s, %s".formatted(resize, crop));
      }
    }

    @Override
    public String toString() {
      return "images:"
          + path
          + (resize == null ? "" : " resized to " + resize)
          + (crop == null ? "" : " cropped to " + crop);
    }
  }

  /// NumPy arrays of images and, unless null, of labels.
  record Npy(Path images, @Nullable Path labels) implements DataSource {
    @Override
    public String toString() {
      return "npy:" + images + (labels == null ? "" : ":" + labels);
    }
  }

  /// The generated data set.
  record Generated() implements DataSource {
    @Override
    public String toString() {
      return "shapes";
    }
  }

  /// The files and folders that are read.
  default List<Path> paths() {
    return switch (this) {
      case Cifar10(var path) -> List.of(path);
      case Cifar100(var path) -> List.of(path);
      case Idx(var path) -> List.of(path);
      case Folder(var path, _, _) -> List.of(path);
      case Npy(var images, var labels) ->
          labels == null ? List.of(images) : List.of(images, labels);
      case Generated() -> List.of();
    };
  }

  /// Reads `cifar10:PATH`, `cifar100:PATH`, `idx:PATH`, `images:DIR`, `npy:X.npy`,
  /// `npy:X.npy:Y.npy` or `shapes`.
  ///
  /// @throws IllegalArgumentException if it is none of these
  static DataSource parse(String text) {
    return parse(text, Path::of);
  }

  /// The same, with another meaning of paths.
  ///
  /// @param paths where that lies which the text calls PATH, DIR, X.npy or Y.npy
  /// @throws IllegalArgumentException if it is none of these
  static DataSource parse(String text, Function<String, Path> paths) {
    if (text.equals("shapes")) {
      return new Generated();
    }
    String[] parts = text.split(":", 2);
    if (parts.length < 2 || parts[1].isEmpty()) {
      throw unknown(text);
    }
    return switch (parts[0]) {
      case "cifar10" -> new Cifar10(paths.apply(parts[1]));
      case "cifar100" -> new Cifar100(paths.apply(parts[1]));
      case "idx" -> new Idx(paths.apply(parts[1]));
      case "images" -> new Folder(paths.apply(parts[1]), null, null);
      case "npy" -> npy(parts[1], paths);
      default -> throw unknown(text);
    };
  }

  private static Npy npy(String text, Function<String, Path> paths) {
    int between = text.indexOf(".npy:");
    return between < 0
        ? new Npy(paths.apply(text), null)
        : new Npy(
            paths.apply(text.substring(0, between + 4)), paths.apply(text.substring(between + 5)));
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(
        "'%s' is no data set; expected cifar10:PATH, cifar100:PATH, idx:PATH, images:DIR,"
                .formatted(text)
            + " npy:X.npy[:Y.npy] or shapes");
  }

  /// The same folder of images, resized and cropped.
  ///
  /// @throws IllegalArgumentException if this is no folder of images
  default DataSource fitted(@Nullable Integer resize, @Nullable Integer crop) {
    if (this instanceof Folder folder) {
      return new Folder(folder.path(), resize, crop);
    }
    throw new IllegalArgumentException("resize and crop are for images:DIR, not for " + this);
  }

  /// Opens one part of the data.
  ///
  /// @param seed of data that are generated
  /// @throws IOException if a file is missing or not what it should be
  default Dataset open(Split split, long seed) throws IOException {
    return switch (this) {
      case Cifar10 cifar -> CifarReader.cifar10(existing(cifar.path()), split);
      case Cifar100 cifar -> CifarReader.cifar100(existing(cifar.path()), split);
      case Idx idx -> IdxReader.open(existing(idx.path()), split);
      case Folder folder -> ImageFolder.open(existing(folder.path()), folder, split);
      case Npy npy -> NpyImages.open(npy, split);
      case Generated _ -> Shapes.of(split, seed);
    };
  }

  private static Path existing(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return path;
  }
}
