package topolip.dataset;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/// A data set that needs no file: 32x32 colour images of ten figures, drawn from a seed.
///
/// A class is an outline with a fill, such as *striped disc*. Place, size, rotation, texture phase,
/// colours, background, shadow, lighting and noise vary; the hue favours the class but does not
/// decide. Image `i` has class `i mod 10` and depends on the seed, the split and `i` alone, to the
/// bit, on every machine. Reading an image draws it: about 0.2 ms, no state, safe from any thread.
public final class Shapes implements Dataset {
  private static final ImageShape SHAPE = new ImageShape(3, ShapeImage.SIDE, ShapeImage.SIDE);
  private static final List<String> CLASS_NAMES =
      ShapeClass.ALL.stream().map(ShapeClass::label).toList();

  private final Split split;
  private final long seed;

  private Shapes(Split split, long seed) {
    this.split = split;
    this.seed = seed;
  }

  /// The 10,000 images to train with, or the 2,000 to test with.
  public static Dataset of(Split split, long seed) {
    return new Shapes(split, seed);
  }

  @Override
  public String name() {
    return switch (split) {
      case TRAIN -> "shapes train, seed " + seed;
      case TEST -> "shapes test, seed " + seed;
    };
  }

  @Override
  public ImageShape shape() {
    return SHAPE;
  }

  @Override
  public int size() {
    return switch (split) {
      case TRAIN -> 10_000;
      case TEST -> 2_000;
    };
  }

  @Override
  public int label(int index) {
    return Objects.checkIndex(index, size()) % ShapeClass.ALL.size();
  }

  @Override
  public List<String> classNames() {
    return CLASS_NAMES;
  }

  @Override
  public void read(int index, float[] target, int offset) {
    ShapeClass shape = ShapeClass.ALL.get(label(index));
    Objects.checkFromIndexSize(offset, SHAPE.values(), target.length);
    ShapeImage.draw(ShapeRandom.of(seed, split, index), shape, target, offset);
  }

  /// Draws every image once: about half a second for the test images.
  @Override
  public String sha256() {
    MessageDigest digest = newDigest();
    float[] image = new float[SHAPE.values()];
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * image.length + Integer.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size(); i++) {
      read(i, image, 0);
      bytes.clear();
      for (float value : image) {
        bytes.putFloat(value);
      }
      digest.update(bytes.putInt(label(i)).flip());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
