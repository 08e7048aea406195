package topolip.perturb.corruption;

import java.io.IOException;
import org.apache.commons.rng.UniformRandomProvider;

/// A corruption from fractions to fractions.
non-sealed interface PlaneDistortion extends Distortion {

  /// A corrupted copy, not yet clipped; the image may be overwritten.
  ///
  /// @throws IOException if a texture cannot be read
  Planes apply(Planes image, UniformRandomProvider random) throws IOException;
}
