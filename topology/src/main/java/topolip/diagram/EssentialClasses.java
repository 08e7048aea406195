package topolip.diagram;

import java.util.stream.IntStream;
import topolip.homology.PersistenceDiagram;

/// What summaries that are defined for finite intervals alone do with essential classes.
final class EssentialClasses {
  private EssentialClasses() {}

  static int count(PersistenceDiagram diagram) {
    return (int) IntStream.range(0, diagram.size()).filter(diagram::isEssential).count();
  }

  /// @param summary what is not defined, with its article
  /// @throws IllegalArgumentException if the diagram has essential classes
  static void refuse(PersistenceDiagram diagram, String summary) {
    int count = count(diagram);
    if (count > 0) {
      throw new IllegalArgumentException(
          ("%s needs finite intervals, and the diagram of degree %d has %d essential: give them a"
                  + " death (withEssentialDeath) or leave them out (withoutEssential)")
              .formatted(summary, diagram.degree(), count));
    }
  }
}
