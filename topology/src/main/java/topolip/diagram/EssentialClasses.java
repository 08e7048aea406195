package topolip.diagram;

import topolip.homology.PersistenceDiagram;

/// What summaries that are defined for finite intervals alone do with essential classes.
final class EssentialClasses {
  private EssentialClasses() {}

  /// @param summary what is not defined, with its article
  /// @throws IllegalArgumentException if the diagram has essential classes
  static void refuse(PersistenceDiagram diagram, String summary) {
    int count = 0;
    for (int i = 0; i < diagram.size(); i++) {
      count += diagram.isEssential(i) ? 1 : 0;
    }
    if (count > 0) {
      throw new IllegalArgumentException(
          ("%s needs finite intervals, and the diagram of degree %d has %d essential: give them a"
                  + " death (withEssentialDeath) or leave them out (withoutEssential)")
              .formatted(summary, diagram.degree(), count));
    }
  }
}
