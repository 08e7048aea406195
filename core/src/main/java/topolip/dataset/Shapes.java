package topolip.dataset;

import java.util.List;
import java.util.Objects;

/// A data set that needs no file: 32x32 colour images of ten figures, drawn from a seed.
///
/// A class is an outline with a fill, such as *striped disc*. Place, size, rotation, texture phase,
/// colours, background, shadow, lighting and noise vary; the hue favours the class but does not
/// decide. Image `i` has class `i mod 10` and depends on the seed, the split and `i` alone, to the
/// bit, on every machine. Reading an image draws it: about 0.2 ms, safe from any thread.
public final class Shapes implements Dataset {
  private static final ImageShape SHAPE = new ImageShape(3, ShapeImage.SIDE, ShapeImage.SIDE);
  private static final List<String> CLASS_NAMES =
      ShapeClass.ALL.stream().map(ShapeClass::label).toList();

  private final Split split;
  private final long seed;
  private final ContentHash hash = new ContentHash(this);

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
  public boolean labelled() {
    return true;
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

  /// Draws every image once, the first time: about half a second for the test images.
  @Override
  public String sha256() {
    return hash.ofGenerated();
  }
}
