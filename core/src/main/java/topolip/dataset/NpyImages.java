package topolip.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Images of a NumPy array, `(N, C, H, W)`, or `(N, H, W, C)` where only the last axis can be that
/// of the channels: floats in [0, 1], or bytes of which 255 stands for 1.
///
/// The array stays mapped as long as the program runs. Both splits are all of it.
final class NpyImages implements Dataset {
  private final String name;
  private final NpyArray images;
  private final boolean channelsLast;
  private final ImageShape shape;
  private final int @Nullable [] labels;
  private final List<String> classNames;
  private final ContentHash hash = new ContentHash(this);

  private NpyImages(
      String name,
      NpyArray images,
      boolean channelsLast,
      ImageShape shape,
      int @Nullable [] labels) {
    this.name = name;
    this.images = images;
    this.channelsLast = channelsLast;
    this.shape = shape;
    this.labels = labels;
    int classes = labels == null ? 0 : Arrays.stream(labels).max().orElse(-1) + 1;
    this.classNames = IntStream.range(0, classes).mapToObj(c -> "class " + c).toList();
  }

  static Dataset open(DataSource.Npy source, Split split) throws IOException {
    NpyArray images = NpyArray.open(source.images());
    List<Long> sides = images.shape();
    NpyType type = images.type();
    if (sides.size() != 4 || sides.contains(0L)) {
      throw new DatasetException(
          source.images(), "has shape %s; expected (N, C, H, W)".formatted(sides));
    }
    if (!type.isFloat() && !(type.kind() == NpyType.Kind.UNSIGNED && type.bytes() == 1)) {
      throw new DatasetException(
          source.images(), "holds integers; expected floats in [0, 1] or uint8");
    }
    int[] s = sides.stream().mapToInt(Math::toIntExact).toArray();
    boolean channelsLast = !isChannels(s[1]) && isChannels(s[3]);
    ImageShape shape =
        channelsLast ? new ImageShape(s[3], s[1], s[2]) : new ImageShape(s[1], s[2], s[3]);
    int[] labels = source.labels() == null ? null : labels(source.labels(), s[0]);
    String name = source.images().getFileName() + " " + split.name().toLowerCase(Locale.ROOT);
    return new NpyImages(name, images, channelsLast, shape, labels);
  }

  private static boolean isChannels(int side) {
    return side == 1 || side == 3;
  }

  private static int[] labels(Path file, int count) throws IOException {
    try (NpyArray array = NpyArray.open(file)) {
      if (array.type().isFloat() || array.shape().size() != 1 || array.size() != count) {
        throw new DatasetException(
            array.file(),
            "holds %s of shape %s; expected integers of shape [%d], a label an image"
                .formatted(array.type().isFloat() ? "floats" : "integers", array.shape(), count));
      }
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        long label = array.getLong(i);
        if (label < 0 || label > 1_000_000) {
          throw new DatasetException(array.file(), "label %d is %d".formatted(i, label));
        }
        labels[i] = (int) label;
      }
      return labels;
    }
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
    return Math.toIntExact(images.shape().getFirst());
  }

  @Override
  public boolean labelled() {
    return labels != null;
  }

  @Override
  public int label(int index) {
    if (labels == null) {
      throw new IllegalStateException(name + " has no labels");
    }
    return labels[index];
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public void read(int index, float[] target, int offset) throws IOException {
    int values = shape.values();
    long start = (long) index * values;
    boolean bytes = !images.type().isFloat();
    int plane = shape.height() * shape.width();
    for (int i = 0; i < values; i++) {
      double value = images.get(start + i) / (bytes ? 255 : 1);
      if (!(value >= 0 && value <= 1)) {
        throw new DatasetException(
            images.file(),
            "image %d, value %d is %s; expected values in [0, 1], or uint8"
                .formatted(index, i, value));
      }
      int place = channelsLast ? i % shape.channels() * plane + i / shape.channels() : i;
      target[offset + place] = (float) value;
    }
  }

  @Override
  public String sha256() throws IOException {
    return hash.get();
  }
}
