package topolip.dataset;

import java.io.IOException;
import java.util.List;

/// Images of one byte a value, held in memory; 255 stands for 1.
final class ByteImages implements Dataset {
  private final String name;
  private final ImageShape shape;
  private final byte[][] images;
  private final int[] labels;
  private final List<String> classNames;
  private final ContentHash hash = new ContentHash(this);

  /// Takes over the arrays.
  ///
  /// @param images one array of `(channels, height, width)` an image
  ByteImages(
      String name, ImageShape shape, byte[][] images, int[] labels, List<String> classNames) {
    this.name = name;
    this.shape = shape;
    this.images = images;
    this.labels = labels;
    this.classNames = List.copyOf(classNames);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public int size() {
    return images.length;
  }

  @Override
  public boolean labelled() {
    return true;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public void read(int index, float[] target, int offset) {
    byte[] image = images[index];
    for (int i = 0; i < image.length; i++) {
      target[offset + i] = (image[i] & 0xff) / 255f;
    }
  }

  @Override
  public String sha256() throws IOException {
    return hash.get();
  }
}
