package topolip.profile;

/// Which diagrams a profile compares.
public enum Protocol {
  /// Layer l with layer l+1, of the same samples.
  ADJACENT,
  /// Layer l of the samples with layer l of their perturbed copies.
  PAIRED
}
