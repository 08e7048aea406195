package topolip.perturb.attack;

/// A reason not to trust the robust accuracy that attacks give.
///
/// @param message what was seen, with the numbers
public record AttackWarning(Kind kind, String message) {

  /// What was seen.
  public enum Kind {
    /// The logits of one image differ from run to run.
    RANDOMISED,
    /// The outputs look like probabilities, not like logits.
    PROBABILITIES,
    /// Losses or targets of an attack need more classes.
    FEW_CLASSES,
    /// Gradients of some points are all 0.
    ZERO_GRADIENT,
    /// Gradients of some points are NaN or infinite.
    UNDEFINED_GRADIENT,
    /// Square, which needs no gradients, lowers the accuracy of attacks with gradients.
    SQUARE_BEATS_GRADIENTS,
    /// One step fools more points than many.
    SINGLE_STEP_BEATS_ITERATIVE,
    /// Noise fools more points than gradients.
    NOISE_BEATS_GRADIENTS,
    /// Some points stay robust in a ball that holds nearly every image.
    ROBUST_TO_EVERYTHING,
    /// A prediction was not the same when asked for again.
    NOT_REPEATED
  }
}
