package topolip.dataset;

/// The shape of an image, `(channels, height, width)`.
public record ImageShape(int channels, int height, int width) {

  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "image sides must be positive: %d x %d x %d".formatted(channels, height, width));
    }
  }

  /// The number of values of an image.
  public int values() {
    return Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
