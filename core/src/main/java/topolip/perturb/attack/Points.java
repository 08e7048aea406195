package topolip.perturb.attack;

import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import topolip.dataset.Dataset;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;

/// Labelled images to be attacked, each with an id that its random numbers come from.
public final class Points {
  private final Images images;
  private final int[] labels;
  private final int[] ids;

  private Points(Images images, int[] labels, int[] ids) {
    this.images = images;
    this.labels = labels;
    this.ids = ids;
  }

  /// @param images shared, not copied
  /// @param labels the true classes, one an image
  /// @param ids one an image, such as its index in the data set
  /// @throws IllegalArgumentException if the lengths differ, or a value is not in [0, 1]
  public static Points of(Images images, int[] labels, int[] ids) {
    if (labels.length != images.count() || ids.length != images.count()) {
      throw new IllegalArgumentException(
          "%d images, %d labels, %d ids".formatted(images.count(), labels.length, ids.length));
    }
    for (float value : images.values()) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("images must be in [0, 1]; one value is " + value);
      }
    }
    return new Points(images, labels.clone(), ids.clone());
  }

  /// Images of a data set, whose ids are their indices.
  public static Points of(Dataset dataset, int... indices) throws IOException {
    int[] labels = Arrays.stream(indices).map(dataset::label).toArray();
    return of(dataset.read(indices), labels, indices);
  }

  public int count() {
    return labels.length;
  }

  public ImageShape shape() {
    return images.shape();
  }

  /// All of them as one batch, shared.
  public Images images() {
    return images;
  }

  public int label(int point) {
    return labels[point];
  }

  public int id(int point) {
    return ids[point];
  }

  /// A copy of one image, `(channels, height, width)`.
  public float[] image(int point) {
    int size = shape().values();
    return Arrays.copyOfRange(images.values(), point * size, (point + 1) * size);
  }

  /// Some of these points, in the order asked for.
  public Points subset(int... points) {
    int size = shape().values();
    float[] values = new float[Math.multiplyExact(points.length, size)];
    for (int i = 0; i < points.length; i++) {
      System.arraycopy(images.values(), points[i] * size, values, i * size, size);
    }
    return new Points(
        Images.wrap(shape(), values),
        IntStream.of(points).map(p -> labels[p]).toArray(),
        IntStream.of(points).map(p -> ids[p]).toArray());
  }
}
