package topolip.perturb.corruption;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.DatasetException;
import topolip.dataset.DatasetRows;
import topolip.dataset.Split;

/// A folder of corrupted images as published: CIFAR-10-C and CIFAR-100-C.
///
/// One `corruption.npy` each, uint8 `(5 n, height, width, 3)`, all images at severity 1, then all
/// at severity 2, and so on, in the order of the test set; their labels in `labels.npy`.
public record PublishedCorruptions(Path folder) {

  /// Those whose file is there, in the order of [Corruption].
  public List<Corruption> available() {
    return Arrays.stream(Corruption.values()).filter(c -> Files.exists(file(c))).toList();
  }

  private Path file(Corruption corruption) {
    return folder.resolve(corruption + ".npy");
  }

  /// The images of a corruption at a severity, 1 to 5.
  ///
  /// @throws IllegalArgumentException if it is no severity
  /// @throws DatasetException if the files are not as they should be
  /// @throws IOException if they cannot be read
  public Dataset open(Corruption corruption, int severity) throws IOException {
    if (severity < 1 || severity > Severities.COUNT) {
      throw new IllegalArgumentException(
          "severity must be from 1 to %d: %d".formatted(Severities.COUNT, severity));
    }
    Path images = file(corruption);
    Path labels = folder.resolve("labels.npy");
    for (Path file : List.of(images, labels)) {
      if (!Files.exists(file)) {
        throw new NoSuchFileException(file.toString());
      }
    }
    Dataset all = new DataSource.Npy(images, labels).open(Split.TEST, 0);
    if (all.size() % Severities.COUNT != 0) {
      throw new DatasetException(
          images,
          "has %,d images, which are not %d severities of the same number"
              .formatted(all.size(), Severities.COUNT));
    }
    int each = all.size() / Severities.COUNT;
    String name = "%s %s:%d".formatted(folder.getFileName(), corruption, severity);
    return DatasetRows.of(all, name, (severity - 1) * each, severity * each);
  }
}
