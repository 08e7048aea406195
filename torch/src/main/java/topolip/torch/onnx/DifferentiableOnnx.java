package topolip.torch.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.model.DifferentiableModel;
import topolip.model.Forward;
import topolip.model.GraphTaps;
import topolip.model.ImageInput;
import topolip.model.Loss;
import topolip.model.LossGradient;
import topolip.model.ModelException;
import topolip.model.Tap;
import topolip.torch.NativeCall;

/// A classification network in an ONNX file, with gradients, run by libtorch on the CPU.
///
/// It takes images and has taps as ONNX Runtime's model of the same file does; derivatives at
/// places where there are none are libtorch's, such as 0 for ReLU at 0. Whoever opens it closes it;
/// calls must not overlap.
public final class DifferentiableOnnx implements DifferentiableModel {
  private final OnnxSource source;
  private final String sha256;
  private final ImageFeed feed;
  private final Program program;
  private final int threads;
  private final String logits;
  private final List<Tap> taps;

  /// How a model is opened.
  ///
  /// @param mean subtracted from each channel in front of the model, with `std`; null for nothing
  /// @param std by which each channel is then divided
  /// @param data the shape of the images that will be given; null if unknown
  /// @param threads that libtorch may use
  /// @param precision of all that the file has in float32
  public record Options(
      @Nullable List<Double> mean,
      @Nullable List<Double> std,
      @Nullable ImageShape data,
      int threads,
      Precision precision) {

    /// Images as they are, one thread, float32.
    public static Options plain() {
      return new Options(null, null, null, 1, Precision.FLOAT32);
    }
  }

  private DifferentiableOnnx(OnnxSource source, ImageFeed feed, Program program, int threads)
      throws IOException {
    this.source = source;
    this.sha256 = source.sha256();
    this.feed = feed;
    this.program = program;
    this.threads = threads;
    GraphTaps found = find();
    this.logits = found.logits();
    this.taps = found.taps();
  }

  /// Opens a model, and runs it twice on blank images to see which tensors it makes.
  ///
  /// @throws UnsupportedOperatorsException if it needs operators that are not supported
  /// @throws ModelException if the file is no model that classifies images
  public static DifferentiableOnnx open(Path path, Options options) throws IOException {
    OnnxSource source = OnnxSource.read(path);
    ImageInput input = ImageInput.of(path, source.inputs(), options.data);
    ImageFeed feed = ImageFeed.of(input, options.mean, options.std, options.precision);
    try (NativeCall _ = NativeCall.begin(options.threads)) {
      Program program = Program.of(source, options.precision);
      try {
        return new DifferentiableOnnx(source, feed, program, options.threads);
      } catch (Throwable e) {
        program.close();
        throw e;
      }
    }
  }

  private GraphTaps find() throws ModelException {
    int batch = feed.input().batch();
    try {
      GraphTaps.Seen once = probe(batch == 0 ? 1 : batch);
      GraphTaps.Seen twice = batch == 0 ? probe(2) : once;
      return GraphTaps.find(
          new GraphTaps.Declared(
              source.file(), source.flow(), feed.input(), source.outputs(), source.weights()),
          once,
          twice);
    } catch (IllegalStateException e) {
      throw new ModelException(source.file(), String.valueOf(e.getMessage()), e);
    }
  }

  /// The shapes of the float tensors for a batch of blank images.
  private GraphTaps.Seen probe(int count) {
    try (NativeCall _ = NativeCall.begin(threads);
        NoGradGuard _ = new NoGradGuard()) {
      float[] blank = new float[count * inputShape().values()];
      Tensor images = feed.images(blank, 0, count, count);
      List<String> tensors = program.tensors();
      List<Tensor> values = program.run(Map.of(feed.input().name(), feed.fed(images)), tensors);
      Map<String, long[]> shapes = new HashMap<>();
      for (int t = 0; t < tensors.size(); t++) {
        if (TensorValues.type(values.get(t)) == feed.precision().type()) {
          shapes.put(tensors.get(t), TensorValues.shape(values.get(t)));
        }
      }
      return new GraphTaps.Seen(count, shapes);
    }
  }

  @Override
  public String name() {
    return source.file().getFileName().toString().replaceFirst("\\.onnx$", "");
  }

  @Override
  public ImageShape inputShape() {
    return feed.input().shape();
  }

  @Override
  public int classes() {
    return Math.toIntExact(taps.getLast().features());
  }

  @Override
  public long parameters() {
    return source.weights().values().stream().mapToLong(Long::longValue).sum();
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
    requireShape(batch);
    Set<String> names = new LinkedHashSet<>(List.of(logits));
    asked.stream().filter(tap -> !isInput(own(tap))).map(Tap::name).forEach(names::add);
    List<String> outputs = List.copyOf(names);
    float[][] values = new float[outputs.size()][];
    for (int o = 0; o < values.length; o++) {
      values[o] = new float[Math.multiplyExact(batch.count(), features(outputs.get(o)))];
    }
    int size = pieceSize(batch);
    for (int from = 0; from < batch.count(); from += size) {
      try (NativeCall _ = NativeCall.begin(threads);
          NoGradGuard _ = new NoGradGuard()) {
        List<Tensor> results = run(feed.images(batch.values(), from, batch.count(), size), outputs);
        for (int o = 0; o < values.length; o++) {
          TensorValues.copy(results.get(o), values[o], from * features(outputs.get(o)));
        }
      }
    }
    List<float[]> activations = new ArrayList<>();
    for (Tap tap : asked) {
      activations.add(isInput(tap) ? batch.values() : values[outputs.indexOf(tap.name())]);
    }
    return new Forward(values[0], activations);
  }

  @Override
  public LossGradient lossGradient(Images batch, Loss loss) {
    requireShape(batch);
    try (NativeCall _ = NativeCall.begin(threads)) {
      List<Piece> pieces = pieces(batch, logits);
      float[] values = new float[batch.count() * classes()];
      pieces.forEach(piece -> TensorValues.copy(piece.output, values, piece.from * classes()));
      Loss.Values losses = loss.at(values, classes());
      float[] gradients = backwards(pieces, losses.derivatives(), batch);
      return new LossGradient(values, losses.losses(), gradients);
    }
  }

  @Override
  public float[] vectorJacobian(Images batch, Tap tap, float[] vectors) {
    requireShape(batch);
    requireLength("vectors", vectors, batch.count() * own(tap).features());
    if (isInput(tap)) {
      return vectors.clone();
    }
    try (NativeCall _ = NativeCall.begin(threads)) {
      return backwards(pieces(batch, tap.name()), vectors, batch);
    }
  }

  /// By differentiating `v ↦ vᵀJ`, which is linear in v: its derivative along d is `J d`.
  @Override
  public float[] jacobianVector(Images batch, Tap tap, float[] directions) {
    requireShape(batch);
    requireLength("directions", directions, batch.values().length);
    if (own(tap).index() == 0) {
      return directions.clone();
    }
    int features = features(tap.name());
    float[] result = new float[Math.multiplyExact(batch.count(), features)];
    try (NativeCall _ = NativeCall.begin(threads)) {
      for (Piece piece : pieces(batch, tap.name())) {
        Tensor v = torch.zeros_like(piece.output).set_requires_grad(true);
        Tensor pulled = product(piece.output, piece.images, v, true);
        Tensor along = feed.rows(directions, piece.from, batch.count(), piece.images);
        TensorValues.copy(product(pulled, v, along, false), result, piece.from * features);
      }
    }
    return result;
  }

  @Override
  public void close() {
    program.close();
  }

  /// Some images of a batch, and a tensor made of them that can be differentiated by them.
  private record Piece(int from, Tensor images, Tensor output) {}

  private List<Piece> pieces(Images batch, String tensor) {
    int size = pieceSize(batch);
    List<Piece> pieces = new ArrayList<>();
    for (int from = 0; from < batch.count(); from += size) {
      Tensor images = feed.images(batch.values(), from, batch.count(), size);
      images.set_requires_grad(true);
      pieces.add(new Piece(from, images, run(images, List.of(tensor)).getFirst()));
    }
    return pieces;
  }

  /// The products of vectors a sample with the Jacobians of the pieces' outputs.
  private float[] backwards(List<Piece> pieces, float[] vectors, Images batch) {
    float[] result = new float[batch.values().length];
    for (Piece piece : pieces) {
      Tensor v = feed.rows(vectors, piece.from, batch.count(), piece.output);
      Tensor gradient = product(piece.output, piece.images, v, false);
      TensorValues.copy(gradient, result, piece.from * inputShape().values());
    }
    return result;
  }

  private List<Tensor> run(Tensor images, List<String> outputs) {
    try {
      return program.run(Map.of(feed.input().name(), feed.fed(images)), outputs);
    } catch (IllegalStateException e) {
      throw new IllegalStateException("%s: %s".formatted(name(), e.getMessage()), e);
    }
  }

  /// `vᵀ ∂output/∂input`, 0 where the output is constant.
  private static Tensor product(Tensor output, Tensor input, Tensor v, boolean differentiable) {
    if (!output.requires_grad()) {
      return torch.zeros_like(input);
    }
    TensorVector gradients =
        torch.grad(
            new TensorVector(output),
            new TensorVector(input),
            new TensorVector(v),
            new BoolOptional(differentiable),
            differentiable,
            true);
    Tensor gradient = gradients.get(0);
    return gradient.defined() ? gradient : torch.zeros_like(input);
  }

  /// How many images are run at once.
  private int pieceSize(Images batch) {
    int fixed = feed.input().batch();
    return fixed == 0 ? Math.max(1, batch.count()) : fixed;
  }

  private int features(String tensor) {
    return taps.stream()
        .filter(tap -> tap.name().equals(tensor))
        .mapToInt(tap -> Math.toIntExact(tap.features()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("%s has no tap %s".formatted(name(), tensor)));
  }

  private Tap own(Tap tap) {
    return taps.stream()
        .filter(candidate -> candidate.name().equals(tap.name()))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("%s has no tap %s".formatted(name(), tap.name())));
  }

  private boolean isInput(Tap tap) {
    return tap.name().equals(feed.input().name());
  }

  private void requireShape(Images batch) {
    if (!batch.shape().equals(inputShape())) {
      throw new IllegalArgumentException(
          "%s takes images of %s, not %s".formatted(name(), inputShape(), batch.shape()));
    }
  }

  private static void requireLength(String what, float[] values, long expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "%s: %d values, expected %d".formatted(what, values.length, expected));
    }
  }
}
