package topolip.perturb.corruption;

/// An image made smaller and larger again by boxes: `PIL.Image.resize` with `BOX`, which averages
/// whole pixels, first along rows, then along columns, each rounded to 256 levels.
final class Pixelate implements LevelDistortion {
  private final Boxes boxes;
  private final int[] narrow;

  /// @param side of the images
  Pixelate(double scale, int side) {
    this.boxes = Boxes.of(side, (int) (side * scale));
    this.narrow = new int[3 * side * side];
  }

  @Override
  public void apply(int[] levels) {
    boxes.alongRows(levels, narrow);
    boxes.alongColumns(narrow, levels, boxes.length());
  }
}
