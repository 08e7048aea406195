package topolip.perturb.attack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import topolip.engine.Progress;
import topolip.model.Accuracy;
import topolip.model.Model;

/// The accuracy under attack against the radius of the ball: it never rises.
///
/// @param norm of the balls
/// @param values by growing radius
public record AccuracyCurve(Norm norm, List<Value> values) {

  public AccuracyCurve {
    values = List.copyOf(values);
  }

  /// The accuracy within one radius; an upper bound of the robust accuracy.
  public record Value(double eps, Accuracy accuracy) {}

  /// From least distances: a point counts at eps if it is classified correctly and no adversarial
  /// image was found within eps. One run of an attack gives all radii.
  ///
  /// @param nearest results of an attack that looks for the least distance
  /// @param eps radii, growing
  public static AccuracyCurve of(Norm norm, List<AttackedPoint> nearest, double... eps) {
    requireGrowing(eps);
    List<Value> values = new ArrayList<>();
    for (double radius : eps) {
      int correct =
          (int)
              nearest.stream()
                  .filter(p ->
                      p.robust()
                          || (p.outcome() == AttackedPoint.Outcome.FOOLED && p.distance() > radius))
                  .count();
      values.add(new Value(radius, Accuracy.of(correct, nearest.size())));
    }
    return new AccuracyCurve(norm, values);
  }

  /// The same at 0 and at each of the distances: where the accuracy falls.
  public static AccuracyCurve steps(Norm norm, List<AttackedPoint> nearest) {
    double[] eps =
        DoubleStream.concat(
                DoubleStream.of(0),
                nearest.stream()
                    .filter(p -> p.outcome() == AttackedPoint.Outcome.FOOLED)
                    .mapToDouble(AttackedPoint::distance))
            .sorted()
            .distinct()
            .toArray();
    return of(norm, nearest, eps);
  }

  /// From an attack within each ball. Points fooled in a smaller ball are fooled in a larger one,
  /// and are not attacked again.
  ///
  /// @param attack in a ball
  /// @param eps radii, growing
  public static AccuracyCurve of(
      Model model,
      Points points,
      Norm norm,
      Function<Ball, Attack> attack,
      long seed,
      Progress progress,
      double... eps) {
    requireGrowing(eps);
    List<Value> values = new ArrayList<>();
    int[] robust = IntStream.range(0, points.count()).toArray();
    for (double radius : eps) {
      List<AttackedPoint> results =
          attack.apply(new Ball(norm, radius)).run(model, points.subset(robust), seed, progress);
      int[] before = robust;
      robust =
          IntStream.range(0, before.length)
              .filter(i -> results.get(i).robust())
              .map(i -> before[i])
              .toArray();
      values.add(new Value(radius, Accuracy.of(robust.length, points.count())));
    }
    return new AccuracyCurve(norm, values);
  }

  private static void requireGrowing(double... eps) {
    for (int i = 0; i < eps.length; i++) {
      if (!(eps[i] >= 0) || (i > 0 && !(eps[i] > eps[i - 1]))) {
        throw new IllegalArgumentException(
            "radii must be at least 0 and grow: " + Arrays.toString(eps));
      }
    }
  }
}
