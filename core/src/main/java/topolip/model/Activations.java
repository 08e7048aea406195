package topolip.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import topolip.dataset.Images;
import topolip.engine.Progress;
import topolip.geometry.PointCloud;

/// What a model makes of samples at its taps: one point cloud a tap, `(samples, features)`.
///
/// What does not fit in the memory budget lies in temporary files, mapped into memory and removed
/// when this is closed.
public final class Activations implements AutoCloseable {
  /// The share of the budget that one batch may take; the rest is for the clouds.
  private static final int BATCH_SHARE = 4;

  private static final int LARGEST_BATCH = 64;

  private final List<Tap> taps;
  private final List<ActivationRows> rows;

  private Activations(List<Tap> taps, List<ActivationRows> rows) {
    this.taps = taps;
    this.rows = rows;
  }

  /// Where the samples come from.
  public interface Batches {

    /// The samples from `from` to before `to`.
    Images read(int from, int to) throws IOException;
  }

  /// Runs the model on all samples and keeps their activations.
  ///
  /// @param samples how many there are
  /// @param memory bytes that activations may take on the heap
  /// @param spill the folder for what exceeds it
  /// @throws ArithmeticException if an activation is NaN or infinite; the message names model,
  ///     layer, sample and feature
  /// @throws IOException if samples cannot be read or activations not be spilled
  public static Activations record(
      Model model,
      List<Tap> taps,
      int samples,
      Batches batches,
      long memory,
      Path spill,
      Progress progress)
      throws IOException {
    int batch = batchSize(model, taps, memory / BATCH_SHARE);
    Activations activations = allocate(taps, samples, memory - memory / BATCH_SHARE, spill);
    try (Progress.Stage stage = progress.begin(model.name() + ": activations", samples)) {
      for (int from = 0; from < samples; from += batch) {
        int to = Math.min(from + batch, samples);
        List<float[]> values = model.forward(batches.read(from, to), taps).activations();
        activations.add(model, from, values);
        stage.step(to - from);
      }
      return activations;
    } catch (Throwable e) {
      activations.close();
      throw e;
    }
  }

  public List<Tap> taps() {
    return taps;
  }

  /// The cloud of the tap at this place of [#taps()].
  public PointCloud cloud(int index) {
    return rows.get(index).cloud();
  }

  @Override
  public void close() {
    rows.forEach(ActivationRows::close);
  }

  private static int batchSize(Model model, List<Tap> taps, long memory) {
    long features = taps.stream().mapToLong(Tap::features).sum();
    long bytes = Float.BYTES * (features + model.inputShape().values());
    return Math.clamp(memory / bytes, 1, LARGEST_BATCH);
  }

  private static Activations allocate(List<Tap> taps, int samples, long memory, Path spill)
      throws IOException {
    Activations activations = new Activations(List.copyOf(taps), new ArrayList<>());
    long left = memory;
    try {
      for (Tap tap : taps) {
        long bytes = Math.multiplyExact(Float.BYTES * tap.features(), (long) samples);
        int features = Math.toIntExact(tap.features());
        if (bytes <= left && bytes <= Integer.MAX_VALUE) {
          activations.rows.add(ActivationRows.onHeap(samples, features));
          left -= bytes;
        } else {
          activations.rows.add(ActivationRows.spilled(samples, features, spill));
        }
      }
      return activations;
    } catch (Throwable e) {
      activations.close();
      throw e;
    }
  }

  private void add(Model model, int from, List<float[]> values) {
    for (int t = 0; t < taps.size(); t++) {
      float[] batch = values.get(t);
      requireFinite(batch, model, taps.get(t), from);
      rows.get(t).put(from, batch);
    }
  }

  private static void requireFinite(float[] batch, Model model, Tap tap, int from) {
    for (int i = 0; i < batch.length; i++) {
      if (!Float.isFinite(batch[i])) {
        long features = tap.features();
        throw new ArithmeticException(
            "%s: layer %d (%s) is %s at sample %d, feature %d; a profile needs finite activations"
                .formatted(
                    model.name(),
                    tap.index(),
                    tap.name(),
                    batch[i],
                    from + i / features,
                    i % features));
      }
    }
  }
}
