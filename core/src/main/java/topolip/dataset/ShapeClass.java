package topolip.dataset;

import java.util.Arrays;
import java.util.List;

/// The ten classes: each outline comes with two fills and each fill in two outlines, so that
/// neither decides alone. Neighbours in the lists share a fill: they are outlines that differ well.
///
/// @param hue of the middle of the class's hues, in turns
record ShapeClass(ShapeOutline outline, ShapeFill fill, double hue) {
  /// The hues of a class reach this far to either side: they overlap with those of six other
  /// classes.
  static final double HUE_SPREAD = 0.2;

  static final List<ShapeClass> ALL = all();

  private static List<ShapeClass> all() {
    ShapeOutline[] outlines = ShapeOutline.values();
    ShapeFill[] fills = ShapeFill.values();
    ShapeClass[] classes = new ShapeClass[2 * outlines.length];
    for (int k = 0; k < classes.length; k++) {
      ShapeFill fill = fills[(k + 1) / 2 % fills.length];
      classes[k] = new ShapeClass(outlines[k / 2], fill, k / (double) classes.length);
    }
    return Arrays.asList(classes);
  }

  String label() {
    return fill.label() + " " + outline.label();
  }
}
