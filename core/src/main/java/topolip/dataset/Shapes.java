package topolip.dataset;

import java.util.List;
import java.util.Locale;

/// The generated data set: ten classes of 32 × 32 colour images that differ in outline, texture and
/// colour, with nuisance in place, size, rotation, polarity, lighting and noise.
///
/// 10,000 training and 2,000 test images, as many of each class. Image i is drawn from the seed, the
/// split and i alone, in strict arithmetic, so that it is the same everywhere.
public final class Shapes implements Dataset {
  static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final int CLASSES = 10;

  private final Split split;
  private final long seed;
  private final ContentHash hash = new ContentHash(this);

  private Shapes(Split split, long seed) {
    this.split = split;
    this.seed = seed;
  }

  public static Shapes of(Split split, long seed) {
    return new Shapes(split, seed);
  }

  @Override
  public String name() {
    return "shapes " + split.name().toLowerCase(Locale.ROOT);
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
    return index % CLASSES;
  }

  @Override
  public List<String> classNames() {
    return ShapeFigure.names();
  }

  @Override
  public void read(int index, float[] target, int offset) {
    long stream = (split == Split.TRAIN ? 0L : 1L << 32) | index;
    new ShapeScene(label(index), new ShapeRandom(seed, stream))
        .draw(target, offset);
  }

  @Override
  public String sha256() {
    return hash.ofGenerated();
  }
}
