package topolip.homology;

import java.util.List;

class CechContractTest extends FiltrationContract {
  @Override
  Filtration filtration(int maxDegree, double threshold, int prime, int threads) {
    return new Cech(maxDegree, threshold, prime, threads);
  }

  @Override
  double value(double[][] points, List<Integer> vertices) {
    return BruteForceBalls.radius(points, vertices);
  }
}
