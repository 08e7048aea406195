package topolip.profile;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.diagram.Bottleneck;
import topolip.geometry.PointCloud;
import topolip.lipschitz.Bound;
import topolip.lipschitz.PersistenceStability;
import topolip.lipschitz.PersistenceStability.Filtration;

/// What ties the diagrams of a layer to its Lipschitz constant, of samples X and their perturbed
/// copies X′ (P1 of `docs/theory.md`):
///
/// d_B(D_l(X), D_l(X′)) ≤ 2 max‖f_l(x) − f_l(x′)‖ ≤ 2 Lip(f_l) max‖x − x′‖.
///
/// Both inequalities are theorems: whoever sees one violated has found a defect, and is told so.
///
/// @param bottleneck d_B of the whole sample, one a degree
/// @param displacement max‖f_l(x) − f_l(x′)‖ over the sample
/// @param size the largest norm of an activation, clean or perturbed
/// @param proved the right side; null where no constant is asked for or known
/// @param unbounded the first layer without a finite constant, and why; null if there is none
public record Stability(
    List<Double> bottleneck,
    double displacement,
    double size,
    @Nullable Proved proved,
    @Nullable String unbounded) {

  /// What activations of 32 bits may be off by behind many layers, in units of their size.
  private static final double ROUNDING = 0x1p-16;

  /// The right side; logarithms, since bounds overflow.
  ///
  /// @param constantLog10 of a proved upper bound of Lip(f_l) on all images in [0, 1]
  /// @param boundLog10 of 2 Lip(f_l) max‖x − x′‖; null where it is 0
  /// @param tightnessLog10 of this over 2 max‖f_l(x) − f_l(x′)‖; null where either is 0
  public record Proved(
      @Nullable Double constantLog10,
      @Nullable Double boundLog10,
      @Nullable Double tightnessLog10) {}

  public Stability {
    bottleneck = List.copyOf(bottleneck);
  }

  /// Of one layer, by the left inequality.
  ///
  /// @throws ArithmeticException if it is violated
  static Stability of(String layer, LayerClouds clouds, LayerShape clean, LayerShape perturbed) {
    PointCloud moved = clouds.perturbed();
    if (moved == null) {
      throw new IllegalArgumentException(layer + " has no perturbed samples");
    }
    PointCloud cloud = clouds.cloud();
    double displacement = 0;
    double size = 0;
    for (int i = 0; i < cloud.size(); i++) {
      displacement = Math.max(displacement, distance(cloud, moved, i));
      size = Math.max(size, Math.max(norm(cloud, i), norm(moved, i)));
    }
    double most =
        new PersistenceStability(Filtration.RIPS).bottleneck(new double[] {displacement}).value();
    List<Double> bottleneck = new ArrayList<>();
    for (int k = 0; k < clean.diagrams().size(); k++) {
      double distance =
          new Bottleneck().distance(clean.diagrams().get(k), perturbed.diagrams().get(k));
      if (exceeds(distance, most, size)) {
        throw new ArithmeticException(
            "%s: the bottleneck distance %s of two diagrams exceeds its proved upper bound %s: this is"
                    .formatted(layer, distance, most)
                + " a defect of TopoLip; please report it");
      }
      bottleneck.add(distance);
    }
    return new Stability(bottleneck, displacement, size, null, null);
  }

  /// The same with the right inequality.
  ///
  /// @param constant an upper bound of Lip(f_l) on all images in [0, 1]
  /// @param input max‖x − x′‖ over the sample
  /// @param reason the first layer without a finite constant
  /// @throws ArithmeticException if it is violated
  Stability proved(String layer, Bound constant, double input, @Nullable String reason) {
    if (reason != null) {
      return new Stability(bottleneck, displacement, size, null, reason);
    }
    Bound most = constant.times(Bound.of(Bound.Kind.EXACT, input, "input"), "P1");
    if (exceeds(displacement, most.value(), size)) {
      throw new ArithmeticException(
          "%s: activations moved by %s, which exceeds its proved upper bound %s: the network is not what"
                  .formatted(layer, displacement, most.value())
              + " its graph says, or this is a defect of TopoLip; please report it with the model");
    }
    Bound twice = most.times(Bound.of(Bound.Kind.EXACT, 2, "P1"), "P1");
    double tightness = most.log10() - Math.log10(displacement);
    return new Stability(
        bottleneck,
        displacement,
        size,
        new Proved(
            finite(constant.log10()),
            finite(twice.log10()),
            displacement > 0 ? finite(tightness) : null),
        null);
  }

  private static boolean exceeds(double seen, double bound, double size) {
    return !(seen <= bound * (1 + ROUNDING) + ROUNDING * size);
  }

  private static @Nullable Double finite(double logarithm) {
    return Double.isInfinite(logarithm) ? null : (Double) logarithm;
  }

  private static double distance(PointCloud a, PointCloud b, int i) {
    double sum = 0;
    for (int k = 0; k < a.dimension(); k++) {
      double difference = a.coordinate(i, k) - b.coordinate(i, k);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  private static double norm(PointCloud cloud, int i) {
    double sum = 0;
    for (int k = 0; k < cloud.dimension(); k++) {
      sum += cloud.coordinate(i, k) * cloud.coordinate(i, k);
    }
    return Math.sqrt(sum);
  }
}
