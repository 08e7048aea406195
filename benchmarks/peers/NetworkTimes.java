import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.dataset.Split;
import topolip.engine.Progress;
import topolip.model.CrossEntropy;
import topolip.model.DifferentiableModel;
import topolip.model.Tap;
import topolip.model.TapSelection;
import topolip.perturb.attack.Aim;
import topolip.perturb.attack.AttackedPoint;
import topolip.perturb.attack.Ball;
import topolip.perturb.attack.Keep;
import topolip.perturb.attack.Norm;
import topolip.perturb.attack.Objective;
import topolip.perturb.attack.Pgd;
import topolip.perturb.attack.Points;
import topolip.torch.Adversary;
import topolip.torch.Architecture;
import topolip.torch.Architectures;
import topolip.torch.Augmentation;
import topolip.torch.ModelExport;
import topolip.torch.ModelFiles;
import topolip.torch.Network;
import topolip.torch.NetworkWeights;
import topolip.torch.Normalisation;
import topolip.torch.Optimizer;
import topolip.torch.Recipe;
import topolip.torch.TorchModel;
import topolip.torch.TrainingRun;
import topolip.torch.onnx.DifferentiableOnnx;
import topolip.torch.onnx.Precision;

/// Answers the questions of `networks.py`, one a line: what TopoLip takes, in seconds and in CPU seconds
/// an image (for `pgd`, a step of an image). Usage: NetworkTimes FOLDER CIFAR THREADS
class NetworkTimes {
  private static final int BATCH = 64;
  private static final int REPEATS = 4;
  private static final int ATTACKED = 100;
  private static final int STEPS = 20;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Path folder;
  private final int threads;
  private final Dataset data;
  private final Map<String, DifferentiableModel> models = new HashMap<>();

  private NetworkTimes(Path folder, Path cifar, int threads) throws IOException {
    this.folder = folder;
    this.threads = threads;
    this.data = new DataSource.Cifar10(cifar).open(Split.TEST, 0);
  }

  public static void main(String[] arguments) throws IOException {
    NetworkTimes times =
        new NetworkTimes(
            Path.of(arguments[0]), Path.of(arguments[1]), Integer.parseInt(arguments[2]));
    for (String name : List.of("resnet20", "vit")) {
      ModelExport.onnx(times.folder.resolve(name + ".onnx"), times.weights(name));
    }
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      System.out.println(times.answer(words[0], words[1]));
    }
  }

  private String answer(String question, String name) throws IOException {
    return switch (question) {
      case "taps" -> taps(name).stream().map(Tap::name).collect(Collectors.joining("\t"));
      case "logits" ->
          Arrays.toString(model(name).forward(first(BATCH), List.of()).logits())
              .replaceAll("[\\[\\],]", "");
      case "forward" -> forward(name);
      case "gradient" -> gradient(name);
      case "train" -> train(name);
      case "pgd" -> pgd(name);
      default -> throw new IllegalArgumentException(question);
    };
  }

  private NetworkWeights weights(String name) throws IOException {
    Map<String, String> settings =
        name.equals("vit") ? Map.of("width", "60", "depth", "6", "heads", "3") : Map.of();
    Architecture named =
        Architectures.named(name.equals("vit") ? "vit-tiny" : name, data.shape());
    Normalisation normalisation =
        new Normalisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
    return ModelFiles.read(
        folder.resolve(name + ".safetensors"),
        new Network(Architectures.with(named, settings), data.shape(), 10, normalisation));
  }

  private DifferentiableModel model(String name) throws IOException {
    if (!models.containsKey(name)) {
      models.put(
          name,
          name.endsWith(".onnx")
              ? DifferentiableOnnx.open(
                  Path.of(name),
                  new DifferentiableOnnx.Options(null, null, null, threads, Precision.FLOAT32))
              : TorchModel.of(name, weights(name), threads));
    }
    return models.get(name);
  }

  private List<Tap> taps(String name) throws IOException {
    return TapSelection.select(model(name).taps(), "auto");
  }

  private Images first(int count) throws IOException {
    return data.read(IntStream.range(0, count).toArray());
  }

  private String forward(String name) throws IOException {
    DifferentiableModel model = model(name);
    List<Tap> taps = taps(name);
    Images images = first(BATCH);
    return times(
        REPEATS * BATCH,
        () -> {
          for (int i = 0; i < REPEATS; i++) {
            model.forward(images, taps);
          }
        });
  }

  private String gradient(String name) throws IOException {
    DifferentiableModel model = model(name);
    Images images = first(BATCH);
    CrossEntropy loss = CrossEntropy.of(IntStream.range(0, BATCH).map(data::label).toArray());
    return times(
        REPEATS * BATCH,
        () -> {
          for (int i = 0; i < REPEATS; i++) {
            model.lossGradient(images, loss);
          }
        });
  }

  /// The second of two epochs, without the test.
  private String train(String name) throws IOException {
    Optimizer optimizer =
        name.equals("vit")
            ? new Optimizer.AdamW(0.9, 0.999, 0.05)
            : new Optimizer.Sgd(0.9, 1e-4);
    Recipe recipe =
        new Recipe(
            2,
            BATCH,
            1e-3,
            0,
            0,
            optimizer,
            new Augmentation(false, 0, 0),
            new Adversary.None(),
            1,
            threads);
    Cpu cpu = new Cpu();
    AtomicReference<TrainingRun.Epoch> last = new AtomicReference<>();
    new TrainingRun(
            weights(name), recipe, data, data, Files.createTempDirectory(folder, "training"))
        .run(false, cpu, last::set);
    return 1 / last.get().imagesPerSecond() + " " + cpu.seconds / (data.size() / BATCH * BATCH);
  }

  /// All steps for all images, away from the classes that the model takes them for.
  private String pgd(String name) throws IOException {
    DifferentiableModel model = model(name);
    Images images = first(ATTACKED);
    float[] logits = model.forward(images, List.of()).logits();
    int[] labels = new int[ATTACKED];
    for (int i = 0; i < logits.length; i++) {
      int image = i / 10;
      labels[image] = logits[i] > logits[image * 10 + labels[image]] ? i % 10 : labels[image];
    }
    Points points = Points.of(images, labels, IntStream.range(0, ATTACKED).toArray());
    double eps = 8 / 255.0;
    Pgd pgd =
        new Pgd(
            new Ball(Norm.L_INF, eps),
            STEPS,
            eps / 4,
            Pgd.Start.RANDOM,
            1,
            0,
            Objective.CROSS_ENTROPY,
            Aim.UNTARGETED,
            Keep.STRONGEST);
    return times(
        STEPS * ATTACKED,
        () -> {
          List<AttackedPoint> attacked = pgd.run(model, points, 1, Progress.NONE);
          if (attacked.stream().anyMatch(point -> point.gradients() != STEPS)) {
            throw new IllegalStateException("not all points were attacked with all steps");
          }
        });
  }

  /// The CPU time of the last epoch.
  private static final class Cpu implements Progress {
    private double seconds;

    @Override
    public Stage begin(String name, long total) {
      long start = SYSTEM.getProcessCpuTime();
      return new Stage() {
        @Override
        public void step(long amount) {}

        @Override
        public void close() {
          seconds =
              name.startsWith("epoch") ? (SYSTEM.getProcessCpuTime() - start) / 1e9 : seconds;
        }
      };
    }
  }

  private static String times(int count, Runnable work) {
    long wall = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    work.run();
    double each = 1e9 * count;
    return (System.nanoTime() - wall) / each + " " + (SYSTEM.getProcessCpuTime() - cpu) / each;
  }
}
