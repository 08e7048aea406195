package topolip.representation;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import topolip.geometry.DistanceMatrix;

/// How a cloud's variation is spread over directions: the squared singular values of its centred
/// points, in units of the squared median distance.
public final class Spectrum {
  /// Largest first, none negative, as many as there are points.
  private final double[] values;

  private Spectrum(double[] values) {
    this.values = values;
  }

  /// The spectrum of a cloud, from its distances (classical scaling, Torgerson, DOI
  /// 10.1007/BF02288916).
  ///
  /// O(n³) time, n² doubles. The distances must be Euclidean.
  ///
  /// @throws ArithmeticException if more than half of the distances are 0
  public static Spectrum of(DistanceMatrix distances) {
    int n = distances.size();
    double unit = n < 2 ? 0 : distances.median();
    if (!(unit > 0)) {
      throw new ArithmeticException("%d points, most of them equal, have no spectrum".formatted(n));
    }
    DMatrixRMaj gram = gram(distances, unit);
    EigenDecomposition_F64<DMatrixRMaj> solver = DecompositionFactory_DDRM.eig(n, false, true);
    if (!solver.decompose(gram)) {
      throw new ArithmeticException("the spectrum of %d points did not converge".formatted(n));
    }
    double[] ascending = new double[n];
    Arrays.setAll(ascending, i -> solver.getEigenvalue(i).getReal());
    Arrays.sort(ascending);
    // Below this, what is left of a zero is its rounding, whose root would count as a direction.
    double least = n * Math.ulp(1.0) * ascending[n - 1];
    double[] values = new double[n];
    Arrays.setAll(values, i -> ascending[n - 1 - i] > least ? ascending[n - 1 - i] : 0);
    return new Spectrum(values);
  }

  /// The inner products of the centred points.
  private static DMatrixRMaj gram(DistanceMatrix distances, double unit) {
    int n = distances.size();
    DMatrixRMaj gram = new DMatrixRMaj(n, n);
    double[] means = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double d = distances.distance(i, j) / unit;
        gram.unsafe_set(i, j, -d * d / 2);
        means[i] -= d * d / 2 / n;
      }
    }
    double mean = Arrays.stream(means).sum() / n;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        gram.unsafe_set(i, j, gram.unsafe_get(i, j) - means[i] - means[j] + mean);
      }
    }
    return gram;
  }

  /// The effective rank: the exponential of the entropy of the singular values (Roy and Vetterli,
  /// EUSIPCO 2007).
  public double effectiveRank() {
    double sum = Arrays.stream(values).map(Math::sqrt).sum();
    return Math.exp(
        Arrays.stream(values)
            .map(value -> Math.sqrt(value) / sum)
            .filter(share -> share > 0)
            .map(share -> -share * Math.log(share))
            .sum());
  }

  /// The stable rank: the squared Frobenius norm divided by the squared spectral norm.
  public double stableRank() {
    return Arrays.stream(values).sum() / values[0];
  }

  /// The participation ratio: the squared sum of the variances divided by the sum of their squares.
  public double participationRatio() {
    double sum = Arrays.stream(values).sum();
    return sum * sum / Arrays.stream(values).map(value -> value * value).sum();
  }
}
