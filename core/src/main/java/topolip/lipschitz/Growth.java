package topolip.lipschitz;

/// How large the output of a layer can be, from how large its input is.
///
/// A *row* is what lies along the last axis, such as a token; its size is the Euclidean norm.
///
/// @param rowGain output rows are at most `rowGain · (input row) + rowShift`; infinite if rows mix
/// @param rowEntryGain output entries are at most `rowEntryGain · (input row) + entryShift`;
///   infinite if rows mix
/// @param entryGain output entries are at most `entryGain · (input entry) + entryShift`
public record Growth(
    double rowGain, double rowEntryGain, double rowShift, double entryGain, double entryShift) {

  /// Entries are moved, copied or left out. Rows may mix.
  public static final Growth MOVED =
      new Growth(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, 1, 0);

  /// The same, where each row of the output lies in a row of the input.
  public static final Growth ROWS_KEPT = new Growth(1, 1, 0, 1, 0);

  public Growth {
    if (!(rowGain >= 0
        && rowEntryGain >= 0
        && rowShift >= 0
        && entryGain >= 0
        && entryShift >= 0)) {
      throw new IllegalArgumentException(
          "gains and shifts must be at least 0: %s, %s, %s, %s, %s"
              .formatted(rowGain, rowEntryGain, rowShift, entryGain, entryShift));
    }
  }

  /// Outputs of this size, whatever the input.
  public static Growth bounded(double row, double entry) {
    return new Growth(0, 0, row, 0, entry);
  }

  /// Of a function of each entry.
  public static Growth elementwise(double gain, double atZero, int width) {
    return new Growth(gain, gain, Math.sqrt(width) * atZero, gain, atZero);
  }

  /// The same, with a constant added.
  ///
  /// @param row the largest size of a row of the constant
  /// @param entry the size of its largest entry
  public Growth shifted(double row, double entry) {
    return new Growth(rowGain, rowEntryGain, rowShift + row, entryGain, entryShift + entry);
  }
}
