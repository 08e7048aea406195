package topolip.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
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

  /// Who takes activations as they come.
  public interface Sink {

    /// @param tap the place of the tap among those asked for
    /// @param values `(samples, features)`, whole rows, following those given before
    void put(int tap, float[] values) throws IOException;
  }

  /// Runs the model on all samples and hands on their activations, batch by batch.
  ///
  /// @param samples how many there are
  /// @param memory bytes that the activations of one batch may take
  /// @throws ArithmeticException if an activation is NaN or infinite; the message names model,
  ///   layer, sample and feature
  /// @throws IOException if samples cannot be read
  public static void stream(
      Model model,
      List<Tap> taps,
      int samples,
      Batches batches,
      long memory,
      Sink sink,
      Progress progress)
      throws IOException {
    int batch = batchSize(model, taps, memory);
    try (Progress.Stage stage = progress.begin(model.name() + ": activations", samples)) {
      for (int from = 0; from < samples; from += batch) {
        int to = Math.min(from + batch, samples);
        List<float[]> values = model.forward(batches.read(from, to), taps).activations();
        for (int t = 0; t < taps.size(); t++) {
          requireFinite(values.get(t), model, taps.get(t), from);
          sink.put(t, values.get(t));
        }
        stage.step(to - from);
        if (Thread.interrupted()) {
          throw new CancellationException("interrupted");
        }
      }
    }
  }

  /// Runs the model on all samples and keeps their activations.
  ///
  /// @param samples how many there are
  /// @param memory bytes that activations may take on the heap
  /// @param spill the folder for what exceeds it
  /// @throws ArithmeticException as in [#stream]
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
    long forBatch = memory / BATCH_SHARE;
    Activations activations = allocate(taps, samples, memory - forBatch, spill);
    try {
      Sink sink = (tap, values) -> activations.rows.get(tap).append(values);
      stream(model, taps, samples, batches, forBatch, sink, progress);
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
