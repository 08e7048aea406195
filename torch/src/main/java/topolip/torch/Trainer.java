package topolip.torch;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.engine.Progress;

/// Trains a network, epoch by epoch. Holds native memory until it is closed.
final class Trainer implements AutoCloseable {
  private static final String MODEL = "model/";
  private static final String OPTIMIZER = "optimizer/";

  private final Network network;
  private final Recipe recipe;
  private final List<TensorSpec> parameters;
  private final TensorStore weights;
  private final Optimization optimization;
  private final TrainingLoss loss;
  private int epochs;

  /// How an epoch went.
  ///
  /// @param loss the mean over its steps
  /// @param accuracy the share of the images trained on, as varied, that were classified correctly
  record Result(double loss, double accuracy) {}

  private Trainer(
      NetworkWeights start, Recipe recipe, Map<String, FloatArray> moments, int epochs) {
    this.network = start.network();
    this.recipe = recipe;
    this.parameters = start.blueprint().tensors().stream().filter(TensorSpec::trained).toList();
    this.weights = TensorStore.of(start.arrays());
    this.optimization = Optimization.of(recipe.optimizer(), parameters, weights, moments);
    this.loss = new TrainingLoss(network, weights, recipe);
    this.epochs = epochs;
    parameters.forEach(spec -> weights.get(spec.name()).set_requires_grad(true));
  }

  static Trainer begin(NetworkWeights start, Recipe recipe) {
    List<TensorSpec> parameters =
        start.blueprint().tensors().stream().filter(TensorSpec::trained).toList();
    return new Trainer(start, recipe, Optimization.start(recipe.optimizer(), parameters), 0);
  }

  /// Goes on where a trainer was when it gave its [#state()], after so many epochs.
  ///
  /// @throws IllegalArgumentException if the state is of another network or optimizer
  static Trainer resume(Network network, Recipe recipe, Map<String, FloatArray> state, int epochs) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    Map<String, FloatArray> moments = new LinkedHashMap<>();
    state.forEach((name, array) -> {
      if (name.startsWith(MODEL)) {
        arrays.put(name.substring(MODEL.length()), array);
      } else if (name.startsWith(OPTIMIZER)) {
        moments.put(name.substring(OPTIMIZER.length()), array);
      }
    });
    NetworkWeights weights = NetworkWeights.of(network, arrays);
    List<TensorSpec> parameters =
        weights.blueprint().tensors().stream().filter(TensorSpec::trained).toList();
    Map<String, FloatArray> expected = Optimization.start(recipe.optimizer(), parameters);
    if (!shapes(expected).equals(shapes(moments))) {
      throw new IllegalArgumentException("the state is of another optimizer");
    }
    return new Trainer(weights, recipe, moments, epochs);
  }

  private static Map<String, List<Integer>> shapes(Map<String, FloatArray> arrays) {
    return arrays.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().shape()));
  }

  int epochs() {
    return epochs;
  }

  /// The next epoch.
  ///
  /// @throws ArithmeticException if the loss is not finite
  /// @throws IllegalArgumentException if the data do not fit the network, or are fewer than a batch
  /// @throws IOException if an image cannot be read
  Result epoch(Dataset data, Progress.Stage progress) throws IOException {
    int steps = data.size() / recipe.batch();
    if (steps == 0) {
      throw new IllegalArgumentException(
          "%s has %d images, fewer than a batch of %d"
              .formatted(data.name(), data.size(), recipe.batch()));
    }
    int[] order = order(data.size());
    double sum = 0;
    long correct = 0;
    for (int s = 0; s < steps; s++) {
      int[] ids = new int[recipe.batch()];
      System.arraycopy(order, s * recipe.batch(), ids, 0, ids.length);
      Images images = recipe.augmentation().apply(data.read(ids), ids, epochs, recipe.seed());
      long[] labels = IntStream.of(ids).mapToLong(data::label).toArray();
      StepResult result = step(images, labels, (long) epochs * steps + s, steps);
      sum += result.loss();
      correct += result.correct();
      progress.step(ids.length);
      if (Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
    }
    epochs++;
    return new Result(sum / steps, (double) correct / ((long) steps * recipe.batch()));
  }

  private int[] order(int size) {
    return new PermutationSampler(RandomStream.ORDER.of(recipe.seed(), epochs), size, size)
        .sample();
  }

  private record StepResult(double loss, int correct) {}

  private StepResult step(Images images, long[] labels, long step, int stepsPerEpoch) {
    try (NativeCall _ = NativeCall.begin(recipe.threads())) {
      Tensor batch =
          TensorArrays.tensor(
              images.values(),
              images.count(),
              images.shape().channels(),
              images.shape().height(),
              images.shape().width());
      TrainingLoss.Step result = loss.of(batch, Tensor.create(labels), step);
      float value = result.loss().item_float();
      if (!Float.isFinite(value)) {
        throw new ArithmeticException(
            "the loss is %s in epoch %d, step %d; a smaller learning rate than %s may help"
                .formatted(value, epochs + 1, step % stepsPerEpoch + 1, recipe.learningRate()));
      }
      TensorVector trained = new TensorVector();
      parameters.forEach(spec -> trained.push_back(weights.get(spec.name())));
      TensorVector gradients = torch.grad(new TensorVector(result.loss()), trained);
      optimization.step(gradients, recipe.learningRate(step, stepsPerEpoch), step + 1);
      return new StepResult(value, correct(TensorArrays.values(result.logits()), labels));
    }
  }

  private static int correct(float[] logits, long[] labels) {
    int classes = logits.length / labels.length;
    int correct = 0;
    for (int i = 0; i < labels.length; i++) {
      int best = i * classes;
      for (int c = best; c < (i + 1) * classes; c++) {
        best = logits[c] > logits[best] ? c : best;
      }
      correct += best - i * classes == labels[i] ? 1 : 0;
    }
    return correct;
  }

  /// The weights as they are.
  NetworkWeights weights() {
    return NetworkWeights.of(network, weights.arrays());
  }

  /// All that is needed to go on: weights and moments.
  Map<String, FloatArray> state() {
    Map<String, FloatArray> state = new LinkedHashMap<>();
    weights.arrays().forEach((name, array) -> state.put(MODEL + name, array));
    optimization.moments().forEach((name, array) -> state.put(OPTIMIZER + name, array));
    return state;
  }

  @Override
  public void close() {
    optimization.close();
    weights.close();
  }
}
