package topolip.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import topolip.dataset.FileHash;

/// Files of weights beside a model's file.
public final class WeightFiles {

  private WeightFiles() {}

  /// The file that a model wants weights from: beside it, and nowhere else.
  ///
  /// @param location relative to the model's folder
  /// @throws ModelException if it lies elsewhere, or is missing
  public static Path beside(Path model, String location) throws ModelException {
    Path folder = model.toAbsolutePath().resolveSibling("").normalize();
    Path data = folder.resolve(location).normalize();
    if (Path.of(location).isAbsolute() || !data.startsWith(folder)) {
      throw new ModelException(
          model, "wants weights from %s, outside its folder".formatted(location));
    }
    if (!Files.isRegularFile(data)) {
      throw new ModelException(
          model, "wants weights from %s, which is missing beside it".formatted(location));
    }
    return data;
  }

  /// SHA-256 of the model's file, then of each file of weights in their order, in hexadecimal.
  public static String sha256(Path model, SortedSet<Path> weights) throws IOException {
    List<Path> files = new ArrayList<>(List.of(model));
    files.addAll(weights);
    return FileHash.sha256(files);
  }
}
