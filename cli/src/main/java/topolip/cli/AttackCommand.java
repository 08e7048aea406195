package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import topolip.dataset.Dataset;
import topolip.dataset.Sampling;
import topolip.model.DifferentiableModel;
import topolip.model.Model;
import topolip.perturb.attack.AccuracyCurve;
import topolip.perturb.attack.Attack;
import topolip.perturb.attack.AttackChecks;
import topolip.perturb.attack.AttackParser;
import topolip.perturb.attack.AttackWarning;
import topolip.perturb.attack.AttackedPoint;
import topolip.perturb.attack.Ball;
import topolip.perturb.attack.Norm;
import topolip.perturb.attack.Pgd;
import topolip.perturb.attack.Points;
import topolip.perturb.attack.Suite;
import topolip.perturb.attack.SuiteCheckpoint;
import topolip.perturb.attack.SuiteResult;
import topolip.perturb.attack.WorstCase;
import topolip.profile.Provenance;

/// `topolip attack`.
@Command(
    name = "attack",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Looks for adversarial images of a network, and says how many images it still classifies"
          + " correctly: an upper bound of its robust accuracy.",
      "",
      "Attacks are NAME:EPS or NAME:EPS:STEPS, EPS in units of the pixel range, such as 8/255: fgsm;"
          + " pgd (20 steps of EPS/4 from a random start); apgd, apgd-dlr, apgd-t (100); fab (100);"
          + " square (5,000, without gradients); noise (100 draws); aa-standard, the published"
          + " AutoAttack; aa-lite, a reduced sequence of about a fortieth of its work.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip attack resnet20.onnx --data cifar10:cifar-10-binary.tar.gz --attack pgd:8/255 \\",
      "      --samples 200 --out attacked",
      "  topolip attack net.onnx --data cifar10:cifar --attack aa-standard:8/255 --out aa",
      "  After an interruption, the same command with --resume goes on where it was.",
      "  topolip evaluate net.onnx --data npy:attacked/adversarial.npy:attacked/labels.npy \\",
      "      --out again"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AttackCommand implements Callable<Integer> {
  private static final String CHECKPOINT = "checkpoint";
  private static final int CURVE_STEPS = 20;

  @Spec CommandSpec command;

  @Parameters(
      paramLabel = "MODEL",
      converter = ModelFile.Converter.class,
      description = ModelFile.DESCRIPTION)
  ModelFile file;

  @Mixin DataOptions data;

  @Option(
      names = "--attack",
      paramLabel = "A",
      defaultValue = "aa-lite:8/255",
      description = "An attack; may be given several times (default: ${DEFAULT-VALUE}).")
  List<String> attacks;

  @Option(
      names = "--norm",
      paramLabel = "N",
      defaultValue = "linf",
      converter = NormConverter.class,
      description = "Norm of the perturbations: linf, l2 or l1 (default: ${DEFAULT-VALUE}).")
  Norm norm;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many images, class-balanced by the seed (default: ${DEFAULT-VALUE}).")
  int samples;

  @Option(
      names = "--curve",
      paramLabel = "EPS",
      split = ",",
      converter = RadiusConverter.class,
      description = "Also the accuracy under PGD of 20 steps at these radii, such as 1/255,2/255.")
  List<Double> curve = List.of();

  @Option(
      names = "--check",
      description = "Also look for signs of masked gradients, with attacks of its own (slower).")
  boolean check;

  @Option(
      names = "--save-images",
      description = "Write the worst-case images as adversarial.npy, with labels.npy.")
  boolean saveImages;

  @Mixin EngineOptions engine;
  @Mixin NormalisationOptions normalisation;

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the files go.")
  Path out;

  @Option(names = "--resume", description = "Go on from what an interrupted run left in DIR.")
  boolean resume;

  @Mixin ThreadOptions threads;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    boolean gradients = !curve.isEmpty() || check || needGradients();
    if (samples < 1) {
      throw new ParameterException(
          command.commandLine(), "--samples must be at least 1: " + samples);
    }
    Run run = new Run(command);
    Dataset images = data.open(common.seed);
    if (!images.labelled()) {
      throw new IllegalArgumentException(data.source() + " has no labels, which attacks need");
    }
    Points points =
        Points.of(images, Sampling.balanced(images, samples, 1, common.seed).getFirst());
    try (Model model =
        engine.open(file, normalisation, images.shape(), threads.count(), gradients, this::tell)) {
      FilledFolder folder = FilledFolder.open(out, resume);
      Map<String, SuiteResult> results = new LinkedHashMap<>();
      for (int a = 0; a < attacks.size(); a++) {
        Suite suite = AttackParser.parse(attacks.get(a), norm, model.classes());
        SuiteCheckpoint kept =
            SuiteCheckpoint.in(folder.path().resolve(CHECKPOINT).resolve(Integer.toString(a)));
        results.put(attacks.get(a), suite.run(model, points, common.seed, kept, common.progress()));
      }
      describe(run, model, images);
      finish(folder, run, model, points, results);
    }
    return 0;
  }

  /// What is wrong with an attack is said before anything is opened.
  private boolean needGradients() {
    try {
      return attacks.stream()
          .flatMap(text -> AttackParser.parse(text, norm, 10).attacks().stream())
          .anyMatch(Attack::usesGradients);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private void finish(
      FilledFolder folder, Run run, Model model, Points points, Map<String, SuiteResult> results)
      throws IOException {
    Map<String, List<AttackedPoint>> byAttack = new LinkedHashMap<>();
    results.forEach((attack, result) -> byAttack.put(attack, result.points()));
    List<AttackedPoint> worst = WorstCase.over(List.copyOf(byAttack.values()));
    byAttack.put("worst case", worst);
    SuiteResult together = new SuiteResult("worst case", List.of(), worst);
    AttackResult result =
        new AttackResult(
            AttackResult.SCHEMA_VERSION,
            run.provenance(common.seed),
            model.name(),
            norm.toString(),
            together.clean(),
            results.entrySet().stream()
                .map(e -> AttackResult.Outcome.of(e.getKey(), e.getValue()))
                .toList(),
            together.robust(),
            curve(model, points),
            warnings(model, points, results.values()));
    AttackFiles.writeExamples(folder.path(), byAttack);
    if (saveImages) {
      AttackFiles.writeImages(folder.path(), points.shape(), worst);
    }
    AttackFiles.writeResult(folder.path(), result);
    folder.delete(CHECKPOINT);
    print(result);
  }

  private @Nullable AccuracyCurve curve(Model model, Points points) {
    double[] radii = curve.stream().mapToDouble(x -> x).sorted().distinct().toArray();
    return radii.length == 0
        ? null
        : AccuracyCurve.of(
            model,
            points,
            norm,
            ball -> Pgd.of(ball, CURVE_STEPS),
            common.seed,
            common.progress(),
            radii);
  }

  private List<AttackWarning> warnings(Model model, Points points, Iterable<SuiteResult> results) {
    List<AttackWarning> warnings = new ArrayList<>(AttackChecks.before(model, points));
    results.forEach(result -> warnings.addAll(AttackChecks.after(model, result)));
    if (check && model instanceof DifferentiableModel differentiable) {
      double eps =
          AttackParser.parse(attacks.getFirst(), norm, model.classes())
              .attacks()
              .getFirst()
              .bound();
      warnings.addAll(
          AttackChecks.masking(
              differentiable, points, new Ball(norm, eps), common.seed, common.progress()));
    }
    return warnings;
  }

  private void describe(Run run, Model model, Dataset images) throws IOException {
    run.model(model.name(), model.sha256());
    run.options().put("model", file.toString());
    run.options().put("data", data.source().toString());
    run.options().put("attacks", attacks);
    run.options().put("norm", norm.toString());
    run.options().put("samples", samples);
    run.options().put("curve", curve);
    run.options().put("check", check);
    run.options().put("engine", engine.engine.name().toLowerCase(Locale.ROOT));
    normalisation.describe(run.options());
    run.options().put("threads", threads.count());
    run.data(
        new Provenance.Data(
            data.source().toString(),
            data.split.name().toLowerCase(Locale.ROOT),
            images.sha256(),
            images.size(),
            samples));
  }

  private void print(AttackResult result) {
    PrintWriter console = command.commandLine().getOut();
    if (!common.quiet) {
      console.println(AttackSummary.of(result));
      console.println();
    }
    console.println("result: " + Run.shown(out.toAbsolutePath().resolve("result.json")));
  }

  private void tell(String line) {
    if (!common.quiet) {
      command.commandLine().getErr().println(line);
    }
  }
}
