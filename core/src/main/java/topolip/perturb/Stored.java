package topolip.perturb;

import java.io.IOException;
import java.nio.file.Path;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.DatasetException;
import topolip.dataset.Split;

/// Perturbed images in a NumPy file: image i is the counterpart of image i of the clean data.
public record Stored(Path npy) implements Perturbation {

  /// The perturbed images.
  ///
  /// @throws DatasetException if they do not match the clean data in number and shape
  Dataset open(Dataset clean) throws IOException {
    Dataset perturbed = new DataSource.Npy(npy, null).open(Split.TEST, 0);
    if (perturbed.size() != clean.size() || !perturbed.shape().equals(clean.shape())) {
      throw new DatasetException(
          npy,
          "has %,d images of %s, but the clean data have %,d of %s"
              .formatted(perturbed.size(), perturbed.shape(), clean.size(), clean.shape()));
    }
    return perturbed;
  }

  @Override
  public String toString() {
    return "npy:" + npy;
  }
}
