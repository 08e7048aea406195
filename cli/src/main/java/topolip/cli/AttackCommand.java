package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
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
import topolip.perturb.attack.Ball;
import topolip.perturb.attack.Pgd;
import topolip.perturb.attack.Points;
import topolip.perturb.attack.SuiteCheckpoint;
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
          + " AutoAttack; aa-rand, its version for randomised models, with gradients averaged over 20"
          + " passes; aa-lite, a reduced sequence of about a fortieth of the work of aa-standard.",
      "",
      "Without EPS, deepfool, cw (in l2) and fab look for the nearest adversarial image of each: how"
          + " far they are is reported, with the accuracy at every radius in curve.csv.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip attack resnet20.onnx --data cifar10:cifar-10-binary.tar.gz --attack pgd:8/255 \\",
      "      --samples 200 --out attacked",
      "  topolip attack net.onnx --data cifar10:cifar --attack aa-standard:8/255 --out aa",
      "  After an interruption, the same command with --resume goes on where it was.",
      "  topolip attack net.onnx --data cifar10:cifar --attack deepfool --norm l2 --out least",
      "  topolip attack net.onnx --transfer-from other.onnx --data cifar10:cifar \\",
      "      --attack pgd:8/255 --out transfer",
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

  @Mixin AttackOptions attack;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many images, class-balanced by the seed (default: ${DEFAULT-VALUE}).")
  int samples;

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
    if (samples < 1) {
      throw new ParameterException(
          command.commandLine(), "--samples must be at least 1: " + samples);
    }
    boolean gradients = attack.checked().stream().anyMatch(Attack::usesGradients);
    Run run = new Run(command);
    Dataset images = data.open(common.seed);
    if (!images.labelled()) {
      throw new IllegalArgumentException(data.source() + " has no labels, which attacks need");
    }
    Points points =
        Points.of(images, Sampling.balanced(images, samples, 1, common.seed).getFirst());
    boolean own =
        !attack.curve.isEmpty() || attack.check || (gradients && attack.surrogate == null);
    try (Model model =
            engine.open(file, normalisation, images.shape(), threads.count(), own, this::tell);
        Model other = other(images, gradients)) {
      FilledFolder folder = FilledFolder.open(out, resume);
      AttackOutcomes outcomes = new AttackOutcomes(model, other, points);
      for (int a = 0; a < attack.attacks.size(); a++) {
        SuiteCheckpoint kept =
            SuiteCheckpoint.in(folder.path().resolve(CHECKPOINT).resolve(Integer.toString(a)));
        outcomes.run(attack.attacks.get(a), attack.norm, common.seed, kept, common.progress());
      }
      describe(run, images, model, other);
      finish(folder, run, model, points, outcomes);
    }
    return 0;
  }

  private @Nullable Model other(Dataset images, boolean gradients) throws IOException {
    return attack.surrogate == null
        ? null
        : engine.open(
            attack.surrogate,
            new NormalisationOptions(),
            images.shape(),
            threads.count(),
            gradients,
            this::tell);
  }

  private void finish(
      FilledFolder folder, Run run, Model model, Points points, AttackOutcomes outcomes)
      throws IOException {
    AccuracyCurve pgd = curve(model, points);
    AttackResult result =
        new AttackResult(
            AttackResult.SCHEMA_VERSION,
            run.provenance(common.seed),
            model.name(),
            attack.norm.toString(),
            outcomes.transferredFrom(),
            outcomes.clean(),
            outcomes.outcomes(),
            outcomes.worstCase(),
            pgd,
            warnings(model, points, outcomes));
    AttackFiles.writeExamples(folder.path(), outcomes.byAttack());
    Map<String, AccuracyCurve> curves = outcomes.curves(attack.norm);
    if (pgd != null) {
      curves.put("pgd", pgd);
    }
    AttackFiles.writeCurves(folder.path(), model.name(), curves, common.progress());
    if (saveImages) {
      AttackFiles.writeImages(folder.path(), points.shape(), outcomes.worst());
    }
    ResultFile.write(folder.path(), result);
    folder.delete(CHECKPOINT);
    print(result);
  }

  private @Nullable AccuracyCurve curve(Model model, Points points) {
    double[] radii = attack.curve.stream().mapToDouble(x -> x).sorted().distinct().toArray();
    return radii.length == 0
        ? null
        : AccuracyCurve.of(
            model,
            points,
            attack.norm,
            ball -> Pgd.of(ball, CURVE_STEPS),
            common.seed,
            common.progress(),
            radii);
  }

  private List<AttackWarning> warnings(Model model, Points points, AttackOutcomes outcomes) {
    List<AttackWarning> warnings = new ArrayList<>(AttackChecks.before(model, points));
    warnings.addAll(outcomes.warnings());
    if (attack.check && model instanceof DifferentiableModel differentiable) {
      double eps =
          AttackParser.parse(attack.attacks.getFirst(), attack.norm, model.classes())
              .attacks()
              .getFirst()
              .bound();
      warnings.addAll(
          AttackChecks.masking(
              differentiable, points, new Ball(attack.norm, eps), common.seed, common.progress()));
    }
    return warnings;
  }

  private void describe(Run run, Dataset images, Model model, @Nullable Model other)
      throws IOException {
    run.model(model.name(), model.sha256());
    if (other != null) {
      run.model("transfer from " + other.name(), other.sha256());
    }
    run.options().put("model", file.toString());
    run.options().put("data", data.source().toString());
    attack.describe(run.options());
    run.options().put("samples", samples);
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
