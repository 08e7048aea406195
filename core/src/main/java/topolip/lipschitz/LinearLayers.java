package topolip.lipschitz;

import java.util.function.Supplier;
import org.ejml.data.DMatrixRMaj;

/// Layers with weights.
public final class LinearLayers {
  private LinearLayers() {}

  /// `x ↦ W x + b` of each row.
  ///
  /// @param rows W, `(out, in)`
  /// @param bias b; empty for none
  public static Layer.Map ofRows(Supplier<DMatrixRMaj> rows, double[] bias) {
    DMatrixRMaj weights = rows.get();
    Bound norm = SpectralNorm.upper(weights);
    double longest = 0;
    double total = 0;
    for (int o = 0; o < weights.getNumRows(); o++) {
      double squares = 0;
      double sum = 0;
      for (int i = 0; i < weights.getNumCols(); i++) {
        double w = weights.unsafe_get(o, i);
        squares += w * w;
        sum += Math.abs(w);
      }
      longest = Math.max(longest, Math.sqrt(squares));
      total = Math.max(total, sum);
    }
    Growth growth = new Growth(norm.value(), longest, norm(bias), total, largest(bias));
    return new Layer.Map(norm, growth, new Layer.Form.Rows(rows));
  }

  /// `X ↦ W X`: mixes the rows of X.
  ///
  /// @param weights W, `(out, in)`
  public static Layer.Map ofColumns(DMatrixRMaj weights) {
    double total = 0;
    for (int o = 0; o < weights.getNumRows(); o++) {
      double sum = 0;
      for (int i = 0; i < weights.getNumCols(); i++) {
        sum += Math.abs(weights.unsafe_get(o, i));
      }
      total = Math.max(total, sum);
    }
    return new Layer.Map(SpectralNorm.upper(weights), new Growth(total, total, 0, total, 0));
  }

  /// A convolution with a bias.
  ///
  /// @param bias one value an output channel; empty for none
  public static Layer.Map of(Convolution convolution, double[] bias) {
    int taps = convolution.vertical().kernel() * convolution.horizontal().kernel();
    double total = 0;
    for (int o = 0; o < convolution.channelsOut(); o++) {
      double sum = 0;
      for (int i = 0; i < convolution.groupIn(); i++) {
        for (int tap = 0; tap < taps; tap++) {
          int width = convolution.horizontal().kernel();
          sum += Math.abs(convolution.kernel(o, i, tap / width, tap % width));
        }
      }
      total = Math.max(total, sum);
    }
    Growth growth =
        new Growth(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0, total, largest(bias));
    return new Layer.Map(ConvolutionBounds.upper(convolution), growth);
  }

  private static double norm(double[] values) {
    double squares = 0;
    for (double v : values) {
      squares += v * v;
    }
    return Math.sqrt(squares);
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double v : values) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }
}
