package topolip.homology;

import java.util.List;
import topolip.geometry.PointCloud;

class VietorisRipsContractTest extends FiltrationContract {
  @Override
  Filtration filtration(int maxDegree, double threshold, int prime, int threads) {
    return new VietorisRips(maxDegree, threshold, prime, threads);
  }

  @Override
  double value(double[][] points, List<Integer> vertices) {
    return BoundaryMatrixReduction.diameter(PointCloud.of(points).distances(1), vertices);
  }
}
