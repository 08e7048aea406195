package topolip.dataset;

/// A batch of images with values in [0, 1], `(count, channels, height, width)`, row-major.
///
/// The array is shared, not copied: whoever changes it changes the batch.
public final class Images {
  private final ImageShape shape;
  private final float[] values;

  private Images(ImageShape shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  /// A batch that takes over the array.
  ///
  /// @throws IllegalArgumentException if the array is not a whole number of images
  public static Images wrap(ImageShape shape, float[] values) {
    if (values.length % shape.values() != 0) {
      throw new IllegalArgumentException(
          "%d values are not a whole number of %s images".formatted(values.length, shape));
    }
    return new Images(shape, values);
  }

  public int count() {
    return values.length / shape.values();
  }

  public ImageShape shape() {
    return shape;
  }

  /// The values themselves, `(count, channels, height, width)`.
  public float[] values() {
    return values;
  }
}
