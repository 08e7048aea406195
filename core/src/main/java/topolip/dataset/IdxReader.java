package topolip.dataset;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipException;

/// Reads IDX files of images and labels, as MNIST and Fashion-MNIST have them: a magic number of
/// two zero bytes, the type (8: unsigned byte) and the number of axes, the sides as big-endian
/// 32-bit integers, and the values.
final class IdxReader {
  private static final int LARGEST = 1 << 30;

  private final Path path;
  private final Map<String, byte[]> files;
  private final String prefix;

  private IdxReader(Path path, Map<String, byte[]> files, String prefix) {
    this.path = path;
    this.files = files;
    this.prefix = prefix;
  }

  static Dataset open(Path path, Split split) throws IOException {
    String prefix = split == Split.TRAIN ? "train" : "t10k";
    String images = prefix + "-images-idx3-ubyte";
    String labels = prefix + "-labels-idx1-ubyte";
    Set<String> names = Set.of(images, labels, images + ".gz", labels + ".gz");
    return new IdxReader(path, Archive.read(path, names, LARGEST), prefix)
        .read("idx " + split.name().toLowerCase(Locale.ROOT));
  }

  private Dataset read(String name) throws IOException {
    ByteBuffer images = content("images", 3);
    ByteBuffer labels = content("labels", 1);
    int count = images.getInt(4);
    if (labels.getInt(4) != count) {
      throw new DatasetException(
          path, "%s: %,d images, but %,d labels".formatted(prefix, count, labels.getInt(4)));
    }
    ImageShape shape = new ImageShape(1, images.getInt(8), images.getInt(12));
    byte[][] pixels = new byte[count][];
    int[] classes = new int[count];
    int start = 16;
    for (int i = 0; i < count; i++, start += shape.values()) {
      pixels[i] = new byte[shape.values()];
      images.get(start, pixels[i]);
      classes[i] = labels.get(8 + i) & 0xff;
    }
    int largest = Arrays.stream(classes).max().orElse(0);
    List<String> classNames = new ArrayList<>();
    for (int c = 0; c <= largest; c++) {
      classNames.add("class " + c);
    }
    return new ByteImages(name, shape, pixels, classes, classNames);
  }

  /// The bytes of a file whose header and length have been checked.
  private ByteBuffer content(String what, int axes) throws IOException {
    String file = prefix + "-" + what + "-idx" + axes + "-ubyte";
    byte[] packed = files.containsKey(file) ? files.get(file) : files.get(file + ".gz");
    if (packed == null) {
      throw new DatasetException(path, "has no %s or %s.gz".formatted(file, file));
    }
    ByteBuffer bytes = ByteBuffer.wrap(unpack(file, packed));
    int header = 4 + 4 * axes;
    if (bytes.limit() < header || bytes.getInt(0) != (8 << 8 | axes)) {
      throw new DatasetException(
          path, "%s is no IDX file of unsigned bytes with %d axes".formatted(file, axes));
    }
    long values = 1;
    for (int axis = 0; axis < axes; axis++) {
      int side = bytes.getInt(4 + 4 * axis);
      if (side < 1 || values * side > LARGEST) {
        throw new DatasetException(path, "%s: axis %d has length %d".formatted(file, axis, side));
      }
      values *= side;
    }
    if (bytes.limit() != header + values) {
      throw new DatasetException(
          path,
          "%s has %,d bytes, but its header says %,d: it is truncated or damaged"
              .formatted(file, bytes.limit(), header + values));
    }
    return bytes;
  }

  private byte[] unpack(String file, byte[] packed) throws IOException {
    try (var in = Archive.unpacked(new BufferedInputStream(new ByteArrayInputStream(packed)))) {
      byte[] bytes = in.readNBytes(LARGEST);
      if (bytes.length == LARGEST) {
        throw new DatasetException(path, file + " unpacks to more than a gigabyte");
      }
      return bytes;
    } catch (EOFException | ZipException e) {
      throw new DatasetException(path, file + ": gzip data are truncated or damaged", e);
    }
  }
}
