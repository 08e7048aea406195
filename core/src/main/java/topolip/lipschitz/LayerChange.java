package topolip.lipschitz;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import topolip.dataset.Images;
import topolip.model.Model;
import topolip.model.Tap;

/// How far samples and perturbed samples are from each other at a layer, against the layer before
/// it. Quotients are lower bounds of the Lipschitz constants of what lies between; undefined ones
/// are null.
///
/// @param wasserstein `W_1` between the two clouds, exact
/// @param wassersteinQuotient against the layer before it
/// @param largestQuotient of the distance of two samples, perturbed or not, to their distance at
///   the layer before; never below `wassersteinQuotient`, since some coupling that is optimal there
///   moves these pairs
/// @param quotientFromInput the same against their distance as images
/// @param drift the mean of `‖f(x') − f(x)‖ / ‖f(x)‖`, over samples with `f(x) ≠ 0`
/// @param gain drift against that of the layer before it
public record LayerChange(
    double wasserstein,
    @Nullable Double wassersteinQuotient,
    @Nullable Double largestQuotient,
    @Nullable Double quotientFromInput,
    @Nullable Double drift,
    @Nullable Double gain) {

  /// The changes at taps, in their order, the first of which should be the input.
  ///
  /// Two runs a tap, and the distances of all pairs.
  ///
  /// @param perturbed as many images as `clean`, one of each
  public static List<LayerChange> along(
      Model model, List<Tap> taps, Images clean, Images perturbed) {
    if (clean.count() != perturbed.count()) {
      throw new IllegalArgumentException(
          "%d images, but %d perturbed ones".formatted(clean.count(), perturbed.count()));
    }
    List<LayerChange> changes = new ArrayList<>();
    double[] first = distances(clean.values(), perturbed.values(), clean.count());
    double[] before = null;
    LayerChange last = null;
    for (Tap tap : taps) {
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      float[] a = model.forward(clean, List.of(tap)).activations().getFirst();
      float[] b = model.forward(perturbed, List.of(tap)).activations().getFirst();
      double[] now = distances(a, b, clean.count());
      double wasserstein = measure(a, clean.count()).wasserstein(measure(b, clean.count()));
      @Nullable Double drift = drift(a, b, clean.count());
      last =
          new LayerChange(
              wasserstein,
              last == null ? null : quotient(wasserstein, last.wasserstein),
              before == null ? null : largest(now, before),
              largest(now, first),
              drift,
              last == null || drift == null || last.drift == null
                  ? null
                  : quotient(drift, last.drift));
      changes.add(last);
      before = now;
    }
    return changes;
  }

  private static @Nullable Double quotient(double above, double below) {
    return below == 0 ? null : (Double) (above / below);
  }

  private static @Nullable Double largest(double[] above, double[] below) {
    Double largest = null;
    for (int i = 0; i < above.length; i++) {
      if (below[i] > 0 && (largest == null || above[i] / below[i] > largest)) {
        largest = above[i] / below[i];
      }
    }
    return largest;
  }

  /// The distances of all pairs among both.
  private static double[] distances(float[] a, float[] b, int count) {
    int size = a.length / count;
    double[] distances = new double[count * (2 * count - 1)];
    int next = 0;
    for (int i = 0; i < 2 * count; i++) {
      for (int j = 0; j < i; j++) {
        distances[next++] =
            Rows.distance(i < count ? a : b, i % count, j < count ? a : b, j % count, size);
      }
    }
    return distances;
  }

  private static DiscreteMeasure measure(float[] rows, int count) {
    int size = rows.length / count;
    double[][] points = new double[count][size];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < size; k++) {
        points[i][k] = rows[i * size + k];
      }
    }
    return DiscreteMeasure.uniform(points);
  }

  private static @Nullable Double drift(float[] a, float[] b, int count) {
    double[] sizes = Rows.norms(a, count);
    int size = a.length / count;
    double sum = 0;
    int defined = 0;
    for (int i = 0; i < count; i++) {
      if (sizes[i] > 0) {
        sum += Rows.distance(a, i, b, i, size) / sizes[i];
        defined++;
      }
    }
    return defined == 0 ? null : (Double) (sum / defined);
  }
}
