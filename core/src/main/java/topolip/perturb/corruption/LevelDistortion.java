package topolip.perturb.corruption;

import java.io.IOException;

/// A corruption from whole levels to whole levels, without random numbers.
non-sealed interface LevelDistortion extends Distortion {

  /// Overwrites an image of levels 0 to 255, one channel after the other.
  ///
  /// @throws IOException if a codec fails
  void apply(int[] levels) throws IOException;
}
