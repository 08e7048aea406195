package topolip.dataset;

import java.io.IOException;
import java.util.List;

/// Labelled images of one shape, in a fixed order.
public interface Dataset {

  /// What a reader of a report needs to find the data again, such as `cifar10 test`.
  String name();

  ImageShape shape();

  int size();

  /// Whether the classes of the images are known.
  boolean labelled();

  /// The class of an image, an index into [#classNames()].
  ///
  /// @throws IllegalStateException if the classes are not known
  int label(int index);

  List<String> classNames();

  /// Whether labels are the places of the class names in an order that only these data know, as in
  /// folders of images, so that a model with another number of classes means something else by
  /// them.
  default boolean classesByName() {
    return false;
  }

  /// Writes image `index` to `target` from `offset` on: `(channels, height, width)` in [0, 1].
  ///
  /// @throws IOException if the image cannot be read; the message names the file
  void read(int index, float[] target, int offset) throws IOException;

  /// SHA-256 of the images and labels, in hexadecimal: equal digests mean equal data.
  String sha256() throws IOException;

  /// The images at these indices as one batch.
  default Images read(int... indices) throws IOException {
    float[] values = new float[Math.multiplyExact(indices.length, shape().values())];
    for (int i = 0; i < indices.length; i++) {
      read(indices[i], values, i * shape().values());
    }
    return Images.wrap(shape(), values);
  }
}
