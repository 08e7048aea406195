package topolip.onnx;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.lipschitz.LayerGraph;
import topolip.model.Forward;
import topolip.model.GraphTaps;
import topolip.model.ImageInput;
import topolip.model.Model;
import topolip.model.ModelException;
import topolip.model.Tap;

/// A classification network in an ONNX file, run by ONNX Runtime on the CPU.
///
/// It may take `(batch, channels, height, width)` or `(batch, height, width, channels)`, and any
/// number of images at once or a fixed one. Native memory stays within; calls must not overlap.
public final class OnnxModel implements Model {
  private final OnnxFile file;
  private final String sha256;
  private final ImageInput input;
  private final Normalisation normalisation;
  private final String logits;
  private final OnnxSessions sessions;
  private final List<Tap> taps;

  /// How a model is opened.
  ///
  /// @param mean subtracted from each channel in front of the model, with `std`; null for nothing
  /// @param std by which each channel is then divided
  /// @param data the shape of the images that will be given; null if unknown
  /// @param threads that ONNX Runtime may use
  public record Options(
      @Nullable List<Double> mean,
      @Nullable List<Double> std,
      @Nullable ImageShape data,
      int threads) {

    /// Images as they are, one thread.
    public static Options plain() {
      return new Options(null, null, null, 1);
    }
  }

  private OnnxModel(
      OnnxFile file,
      ImageInput input,
      Normalisation normalisation,
      OnnxSessions sessions,
      GraphTaps found)
      throws IOException {
    this.file = file;
    this.sha256 = file.sha256();
    this.input = input;
    this.normalisation = normalisation;
    this.sessions = sessions;
    this.logits = found.logits();
    this.taps = found.taps();
  }

  /// Opens a model, and runs it twice on blank images to see which tensors it makes.
  ///
  /// @throws ModelException if the file is no model that classifies images
  public static OnnxModel open(Path path, Options options) throws IOException {
    OnnxFile file = OnnxFile.read(path);
    ImageInput input = ImageInput.of(file.path(), file.inputs(), options.data());
    Normalisation normalisation =
        Normalisation.of(options.mean(), options.std(), input.shape().channels());
    OnnxSessions sessions = new OnnxSessions(file, input, options.threads());
    try {
      return new OnnxModel(
          file, input, normalisation, sessions, OnnxTaps.find(file, input, sessions));
    } catch (Throwable e) {
      sessions.close();
      throw e;
    }
  }

  @Override
  public String name() {
    return file.path().getFileName().toString().replaceFirst("\\.onnx$", "");
  }

  @Override
  public ImageShape inputShape() {
    return input.shape();
  }

  @Override
  public int classes() {
    return Math.toIntExact(taps.getLast().features());
  }

  @Override
  public long parameters() {
    return file.weights().values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public List<Tap> taps() {
    return taps;
  }

  @Override
  public Forward forward(Images batch, List<Tap> asked) {
    if (!batch.shape().equals(input.shape())) {
      throw new IllegalArgumentException(
          "%s takes images of %s, not %s".formatted(name(), input.shape(), batch.shape()));
    }
    Set<String> names = new LinkedHashSet<>(List.of(logits));
    asked.stream().map(Tap::name).filter(name -> !name.equals(input.name())).forEach(names::add);
    List<String> outputs = List.copyOf(names);
    float[][] values = new float[outputs.size()][];
    for (int o = 0; o < values.length; o++) {
      values[o] = new float[Math.multiplyExact(batch.count(), features(outputs.get(o)))];
    }
    int piece = input.batch() == 0 ? Math.max(1, batch.count()) : input.batch();
    for (int from = 0; from < batch.count(); from += piece) {
      run(batch, from, piece, outputs, values);
    }
    List<float[]> activations = new ArrayList<>();
    for (Tap tap : asked) {
      int output = outputs.indexOf(tap.name());
      activations.add(output < 0 ? batch.values() : values[output]);
    }
    return new Forward(values[0], activations);
  }

  private int features(String tensor) {
    return taps.stream()
        .filter(tap -> tap.name().equals(tensor))
        .mapToInt(tap -> Math.toIntExact(tap.features()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("%s has no tap %s".formatted(name(), tensor)));
  }

  /// Runs `size` images from `from` on; where there are fewer, the last one again, to no effect.
  private void run(Images batch, int from, int size, List<String> outputs, float[][] values) {
    int present = Math.min(size, batch.count() - from);
    int imageSize = input.shape().values();
    float[] images = new float[size * imageSize];
    for (int i = 0; i < size; i++) {
      int source = (from + Math.min(i, present - 1)) * imageSize;
      normalisation.apply(batch.values(), source, images, i * imageSize, imageSize);
    }
    try {
      List<float[]> results = sessions.run(outputs, input.arranged(images, size), size);
      for (int o = 0; o < values.length; o++) {
        int features = values[o].length / batch.count();
        float[] result = results.get(o);
        if (result.length != size * features) {
          throw new IllegalStateException(
              "%s: %s has %d values for %d images, not %d each"
                  .formatted(name(), outputs.get(o), result.length, size, features));
        }
        System.arraycopy(result, 0, values[o], from * features, present * features);
      }
    } catch (OrtException e) {
      throw new IllegalStateException(name() + ": " + OnnxSessions.reason(e), e);
    }
  }

  /// The layers of the model, for bounds of its Lipschitz constants: weights folded, structure
  /// recognised. A node that nothing is known of has no finite constant, and says so.
  ///
  /// Takes the time of two runs on one image and of the spectral norms of all weights.
  ///
  /// @throws ModelException if the model cannot be run with all its constants as outputs
  public LayerGraph layerGraph() throws ModelException {
    return OnnxLayerGraph.of(file, input, normalisation);
  }

  @Override
  public void close() {
    sessions.close();
  }
}
