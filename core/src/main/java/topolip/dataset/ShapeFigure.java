package topolip.dataset;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The ten classes: an outline, and the texture within it.
enum ShapeFigure {
  DISC(Outline.DISC, Texture.PLAIN),
  RING(Outline.RING, Texture.PLAIN),
  SQUARE(Outline.SQUARE, Texture.PLAIN),
  TRIANGLE(Outline.TRIANGLE, Texture.PLAIN),
  STAR(Outline.STAR, Texture.PLAIN),
  CROSS(Outline.CROSS, Texture.PLAIN),
  CRESCENT(Outline.CRESCENT, Texture.PLAIN),
  STRIPED_DISC(Outline.DISC, Texture.STRIPES),
  CHECKERED_DISC(Outline.DISC, Texture.CHECKS),
  STRIPED_SQUARE(Outline.SQUARE, Texture.STRIPES);

  private final Outline outline;
  private final Texture texture;

  ShapeFigure(Outline outline, Texture texture) {
    this.outline = outline;
    this.texture = texture;
  }

  /// The figure of a class: classes are numbered in the order above.
  @SuppressWarnings("EnumOrdinal")
  static ShapeFigure of(int label) {
    return values()[label];
  }

  /// The names of the classes, such as `striped disc`.
  static List<String> names() {
    return Arrays.stream(values())
        .map(figure -> figure.name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .toList();
  }

  /// Signed distance to the outline, negative inside, of a point in the figure's own frame, whose
  /// circumscribed circle has radius 1. Exact at the boundary, a bound elsewhere.
  double distance(double x, double y) {
    return switch (outline) {
      case DISC -> StrictMath.hypot(x, y) - 0.9;
      case RING -> Math.abs(StrictMath.hypot(x, y) - 0.72) - 0.22;
      case SQUARE -> Math.max(Math.abs(x), Math.abs(y)) - 0.76;
      case TRIANGLE -> {
        double half = 0.5;
        double side = 0.8660254037844386;
        yield Math.max(-y, Math.max(side * x + half * y, -side * x + half * y)) - 0.55;
      }
      case STAR -> star(x, y);
      case CROSS ->
          Math.min(
              Math.max(Math.abs(x) - 0.95, Math.abs(y) - 0.3),
              Math.max(Math.abs(y) - 0.95, Math.abs(x) - 0.3));
      case CRESCENT ->
          Math.max(StrictMath.hypot(x, y) - 0.95, 0.72 - StrictMath.hypot(x - 0.45, y));
    };
  }

  /// Five points: folded into one tenth, its edge is the line from a tip to the notch beside it.
  private static double star(double x, double y) {
    double tenth = StrictMath.PI / 5;
    double angle = StrictMath.atan2(y, x);
    double folded = Math.abs(angle - 2 * tenth * StrictMath.rint(angle / (2 * tenth)));
    double radius = StrictMath.hypot(x, y);
    double px = radius * StrictMath.cos(folded) - 1;
    double py = radius * StrictMath.sin(folded);
    double edgeX = 0.42 * StrictMath.cos(tenth) - 1;
    double edgeY = 0.42 * StrictMath.sin(tenth);
    return (px * -edgeY + py * edgeX) / -StrictMath.hypot(edgeX, edgeY);
  }

  /// How much of the second tone the texture has at a point of the figure's frame, 0 to 1.
  ///
  /// @param unit pixels a unit of the frame
  double tone(double x, double y, double unit) {
    double period = 0.62;
    return switch (texture) {
      case PLAIN -> 0;
      case STRIPES -> wave(x, period, unit);
      case CHECKS -> {
        double a = 2 * wave(x, period, unit) - 1;
        double b = 2 * wave(y, period, unit) - 1;
        yield (1 - a * b) / 2;
      }
    };
  }

  /// A square wave with edges one pixel wide.
  private static double wave(double x, double period, double unit) {
    double phase = x / period - StrictMath.floor(x / period);
    double toEdge = (0.25 - Math.abs(phase - 0.5)) * period * unit;
    return Math.clamp(0.5 + toEdge, 0, 1);
  }

  private enum Outline {
    DISC,
    RING,
    SQUARE,
    TRIANGLE,
    STAR,
    CROSS,
    CRESCENT
  }

  private enum Texture {
    PLAIN,
    STRIPES,
    CHECKS
  }
}
