package topolip.perturb.attack;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import topolip.dataset.ImageShape;
import topolip.dataset.NpyArray;
import topolip.dataset.NpyWriter;

/// The images of a checkpoint, `(points, channels, height, width)` in one `.npy` file.
final class KeptImages {
  private KeptImages() {}

  static void write(Path file, ImageShape shape, List<AttackedPoint> points) throws IOException {
    try (NpyWriter npy =
        NpyWriter.floats(
            file,
            (long) points.size(),
            (long) shape.channels(),
            (long) shape.height(),
            (long) shape.width())) {
      for (AttackedPoint point : points) {
        npy.write(point.image());
      }
      npy.finish();
    }
  }

  /// @throws IOException if the file is missing, damaged, or of other images; the message names it
  static List<float[]> read(Path file, int count, ImageShape shape) throws IOException {
    List<Long> expected =
        List.of((long) count, (long) shape.channels(), (long) shape.height(), (long) shape.width());
    try (NpyArray npy = NpyArray.open(file)) {
      if (!npy.shape().equals(expected)) {
        throw new IOException(
            "%s: is damaged: it holds %s, not %s".formatted(file, npy.shape(), expected));
      }
      List<float[]> images = new ArrayList<>(count);
      long at = 0;
      for (int i = 0; i < count; i++) {
        float[] image = new float[shape.values()];
        for (int k = 0; k < image.length; k++) {
          image[k] = (float) npy.get(at++);
        }
        images.add(image);
      }
      return images;
    }
  }

  static int hash(List<float[]> images) {
    int hash = 1;
    for (float[] image : images) {
      hash = 31 * hash + Arrays.hashCode(image);
    }
    return hash;
  }
}
