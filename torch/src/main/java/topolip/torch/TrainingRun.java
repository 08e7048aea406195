package topolip.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import topolip.dataset.Dataset;
import topolip.dataset.HeldImages;
import topolip.engine.Progress;
import topolip.model.Evaluation;
import topolip.model.ModelException;

/// A training in a folder: `checkpoint.safetensors` and `log.csv` after every epoch,
/// `model.safetensors` and `model.onnx` at the end. Files are written aside and moved into place.
public final class TrainingRun {
  private static final String CHECKPOINT = "checkpoint.safetensors";
  private static final String MODEL = "model.safetensors";
  private static final String ONNX = "model.onnx";
  private static final String LOG = "log.csv";
  private static final String EPOCHS = "topolip.epochs";
  private static final String RECIPE = "topolip.recipe";
  private static final String ROWS = "topolip.log";
  private static final String DATA = "topolip.data";
  private static final String START = "topolip.start";

  /// Bytes that the images of a split may take on the heap; if they would take more, they are not
  /// held.
  public static final long HELD = 1L << 30;

  private final NetworkWeights start;
  private final Recipe recipe;
  private final Dataset data;
  private final Dataset test;
  private final Path folder;

  /// How an epoch went.
  ///
  /// @param epoch counted from 1
  /// @param loss the mean over its steps
  /// @param accuracy of the varied images trained on
  /// @param testAccuracy of the images held out
  public record Epoch(
      int epoch,
      double learningRate,
      double loss,
      double accuracy,
      double testAccuracy,
      double imagesPerSecond,
      double seconds) {
    private static final String HEADER =
        "epoch,learning_rate,loss,accuracy,test_accuracy,images_per_second,seconds";

    private String row() {
      return "%d,%s,%s,%s,%s,%s,%s"
          .formatted(epoch, learningRate, loss, accuracy, testAccuracy, imagesPerSecond, seconds);
    }
  }

  /// @param test the images held out
  /// @param folder must exist
  /// @throws IllegalArgumentException if the data do not fit the network
  public TrainingRun(NetworkWeights start, Recipe recipe, Dataset data, Dataset test, Path folder) {
    this.start = start;
    this.recipe = recipe;
    this.data = HeldImages.of(data, HELD);
    this.test = HeldImages.of(test, HELD);
    this.folder = folder;
    for (Dataset part : List.of(data, test)) {
      requireFitting(start.network(), part);
    }
  }

  private static void requireFitting(Network network, Dataset data) {
    if (!data.labelled()) {
      throw new IllegalArgumentException(data.name() + " has no labels to learn from");
    }
    if (!data.shape().equals(network.input())) {
      throw new IllegalArgumentException(
          "the network takes images of %s, but %s has %s"
              .formatted(network.input(), data.name(), data.shape()));
    }
    int largest = IntStream.range(0, data.size()).map(data::label).max().orElse(0);
    if (largest >= network.classes()) {
      throw new IllegalArgumentException(
          "the network has %d classes, but %s has label %d"
              .formatted(network.classes(), data.name(), largest));
    }
  }

  /// Trains to the end.
  ///
  /// @param resume whether to go on from the checkpoint of the folder; from the start if there is
  ///   none
  /// @param report told of each epoch
  /// @return the trained weights
  /// @throws ModelException if the checkpoint is of another network, recipe or data
  /// @throws ArithmeticException if the loss is not finite
  public NetworkWeights run(boolean resume, Progress progress, Consumer<Epoch> report)
      throws IOException {
    Path checkpoint = folder.resolve(CHECKPOINT);
    Map<String, String> described = described();
    StringBuilder rows = new StringBuilder();
    try (Trainer trainer =
        resume && Files.exists(checkpoint)
            ? resumed(checkpoint, described, rows)
            : Trainer.begin(start, recipe)) {
      while (trainer.epochs() < recipe.epochs()) {
        Epoch epoch = epoch(trainer, progress);
        rows.append(epoch.row()).append('\n');
        save(trainer, described, rows.toString());
        report.accept(epoch);
      }
      NetworkWeights trained = trainer.weights();
      move(MODEL, file -> ModelFiles.write(file, trained));
      move(ONNX, file -> ModelExport.onnx(file, trained));
      return trained;
    }
  }

  /// What a checkpoint must be of.
  private Map<String, String> described() throws IOException {
    Map<String, String> described = new LinkedHashMap<>(ModelFiles.metadata(start.network()));
    described.put(RECIPE, recipe.toString());
    described.put(DATA, data.sha256());
    described.put(START, start.sha256());
    return described;
  }

  private Trainer resumed(Path checkpoint, Map<String, String> described, StringBuilder rows)
      throws IOException {
    Safetensors content = Safetensors.read(checkpoint);
    Map<String, String> metadata = content.metadata();
    for (Map.Entry<String, String> entry : described.entrySet()) {
      String found = metadata.getOrDefault(entry.getKey(), "nothing");
      if (!found.equals(entry.getValue())) {
        throw new ModelException(
            checkpoint,
            "cannot be resumed: its %s is %s, not %s"
                .formatted(entry.getKey(), found, entry.getValue()));
      }
    }
    rows.append(metadata.getOrDefault(ROWS, ""));
    try {
      int epochs = Integer.parseInt(metadata.getOrDefault(EPOCHS, ""));
      return Trainer.resume(start.network(), recipe, content.tensors(), epochs);
    } catch (IllegalArgumentException e) {
      throw new ModelException(checkpoint, "cannot be resumed: " + e.getMessage(), e);
    }
  }

  private Epoch epoch(Trainer trainer, Progress progress) throws IOException {
    int number = trainer.epochs() + 1;
    int steps = data.size() / recipe.batch();
    long began = System.nanoTime();
    Trainer.Result result;
    try (Progress.Stage stage =
        progress.begin(
            "epoch %d of %d".formatted(number, recipe.epochs()), (long) steps * recipe.batch())) {
      result = trainer.epoch(data, stage);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    double rate = recipe.learningRate((long) number * steps - 1, steps);
    return new Epoch(
        number,
        rate,
        result.loss(),
        result.accuracy(),
        testAccuracy(trainer, progress),
        (double) steps * recipe.batch() / seconds,
        seconds);
  }

  private double testAccuracy(Trainer trainer, Progress progress) throws IOException {
    int[] labels = IntStream.range(0, test.size()).map(test::label).toArray();
    try (TorchModel model = TorchModel.of("test", trainer.weights(), recipe.threads())) {
      return Evaluation.accuracy(
              model, labels, (from, to) -> test.read(IntStream.range(from, to).toArray()), progress)
          .share();
    }
  }

  private void save(Trainer trainer, Map<String, String> described, String rows)
      throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>(described);
    metadata.put(EPOCHS, Integer.toString(trainer.epochs()));
    metadata.put(ROWS, rows);
    Safetensors checkpoint = new Safetensors(trainer.state(), metadata);
    move(CHECKPOINT, checkpoint::write);
    move(LOG, file -> Files.writeString(file, Epoch.HEADER + "\n" + rows));
  }

  /// Writes a file.
  private interface Writing {
    void write(Path file) throws IOException;
  }

  private void move(String name, Writing writing) throws IOException {
    Path aside = folder.resolve("." + name + ".partial");
    Files.deleteIfExists(aside);
    try {
      writing.write(aside);
      Files.move(
          aside,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
