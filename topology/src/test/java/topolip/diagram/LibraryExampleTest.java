package topolip.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;
import topolip.homology.PersistenceDiagram;
import topolip.homology.VietorisRips;

/// The lines of the README, as a user of the library writes them.
class LibraryExampleTest {

  @Test
  void libraryIsThreeLines() {
    double[][] points = {{0, 0}, {1, 0}, {1, 1}, {0, 1}};
    PersistenceDiagram other = PersistenceDiagram.of(1, new double[0], new double[0]);

    DistanceMatrix distances = PointCloud.of(points).distances(1);
    List<PersistenceDiagram> diagrams = VietorisRips.upTo(1).diagrams(distances);
    double w = new Wasserstein(1, GroundNorm.L_INFINITY).distance(diagrams.get(1), other);

    assertThat(w).isEqualTo((Math.sqrt(2) - 1) / 2);
  }
}
