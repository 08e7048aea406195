package topolip.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
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
import topolip.cli.EvaluationResult.OfModel;
import topolip.cli.EvaluationResult.OfPerturbation;
import topolip.dataset.Dataset;
import topolip.dataset.Sampling;
import topolip.model.Model;
import topolip.model.Predictions;
import topolip.perturb.Perturbation;
import topolip.perturb.SamplePair;
import topolip.perturb.SecondSample;
import topolip.perturb.corruption.CorruptionErrors;
import topolip.profile.Provenance;

/// `topolip evaluate`.
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Accuracy, confidence, entropy and calibration of networks, on images as they are, under"
          + " perturbations, and under common corruptions (mean error, mCE, relative mCE).",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  topolip evaluate resnet20.onnx vit.onnx --data cifar10:cifar-10-binary.tar.gz \\",
      "      --perturb gaussian:0.1 --perturb corruption:fog:3 --out evaluated",
      "  topolip evaluate a.onnx b.onnx --data cifar10:cifar --corruptions benchmark \\",
      "      --baseline a --samples 500 --out corrupted",
      "  topolip evaluate net.onnx --data images:photos --resize 48 --crop 48 \\",
      "      --corruptions fog,contrast@64 --out other-size",
      "  topolip evaluate net.onnx --data cifar10:cifar --published CIFAR-10-C --out published"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class EvaluateCommand implements Callable<Integer> {
  @Spec CommandSpec command;

  @Parameters(
      paramLabel = "MODEL",
      arity = "1..*",
      converter = ModelFile.Converter.class,
      description = ModelFile.DESCRIPTION)
  List<ModelFile> models;

  @Mixin DataOptions data;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "How many images, class-balanced by the seed (default: the whole split).")
  @Nullable Integer samples;

  @Option(
      names = "--perturb",
      paramLabel = "P",
      converter = PerturbationConverter.class,
      description =
          "gaussian:SIGMA, uniform:EPS, salt-pepper:SHARE, corruption:NAME:SEVERITY, or npy:X.npy;"
              + " may be given several times.")
  List<Perturbation> perturbations = List.of();

  @Mixin CorruptionOptions corruptions;
  @Mixin NormalisationOptions normalisation;
  @Mixin RunOptions output;
  @Mixin ThreadOptions threads;
  @Mixin CommonOptions common;

  @Override
  public Integer call() throws IOException {
    if (samples != null && samples < 1) {
      throw new ParameterException(
          command.commandLine(), "--samples must be at least 1: " + samples);
    }
    if (perturbations.stream().anyMatch(SecondSample.class::isInstance)) {
      throw new ParameterException(
          command.commandLine(), "split is no perturbation of the same images");
    }
    Run run = new Run(command);
    try (OutputFolder folder = OutputFolder.create(output.out, output.force, data.inputs(models))) {
      Dataset images = data.open(common.seed);
      if (!images.labelled()) {
        throw new IllegalArgumentException(data.source() + " has no labels, which accuracy needs");
      }
      List<OfModel> evaluated = new ArrayList<>();
      Map<String, CorruptionErrors> errors = new LinkedHashMap<>();
      List<Model> opened = new ArrayList<>();
      try (CsvWriter examples = CsvWriter.builder().build(folder.path().resolve("examples.csv"))) {
        for (ModelFile file : models) {
          opened.add(file.open(normalisation, images.shape(), threads.count()));
        }
        corruptions.requireBaseline(opened.stream().map(Model::name).toList());
        examples.writeRecord(
            "model", "perturbation", "image", "label", "prediction", "confidence", "entropy");
        for (Model model : opened) {
          run.model(model.name(), model.sha256());
          evaluated.add(evaluate(model, images, examples, errors));
        }
      } finally {
        opened.forEach(Model::close);
      }
      describe(run, images);
      EvaluationResult result =
          new EvaluationResult(
              EvaluationResult.SCHEMA_VERSION,
              run.provenance(common.seed),
              CorruptionTable.added(evaluated, errors, corruptions.baseline(errors)));
      ResultFile.write(folder.path(), result);
      CorruptionTable.draw(folder.path(), result.models(), common.progress());
      folder.commit();
      print(result, folder);
    }
    return 0;
  }

  private int count(Dataset images) {
    return samples == null ? images.size() : samples;
  }

  private OfModel evaluate(
      Model model, Dataset images, CsvWriter examples, Map<String, CorruptionErrors> errors)
      throws IOException {
    int[] indices = Sampling.balanced(images, count(images), 1, common.seed).getFirst();
    int[] labels = Arrays.stream(indices).map(images::label).toArray();
    Predictions clean =
        Predictions.of(
            model,
            labels,
            (from, to) -> images.read(Arrays.copyOfRange(indices, from, to)),
            common.progress());
    write(examples, model, "none", indices, clean);
    List<OfPerturbation> perturbed = new ArrayList<>();
    for (Perturbation perturbation : perturbations) {
      SamplePair pair =
          SamplePair.of(images, count(images), perturbation, common.seed, threads.count());
      Predictions of =
          Predictions.of(model, pair.perturbedLabels(), pair::perturbed, common.progress());
      write(examples, model, perturbation.toString(), indices, of);
      perturbed.add(new OfPerturbation(perturbation.toString(), of.summary()));
    }
    if (corruptions.asked()) {
      errors.put(
          model.name(),
          corruptions.errors(
              model, images, indices, common.seed, threads.count(), common.progress()));
    }
    return new OfModel(model.name(), clean.summary(), perturbed, null);
  }

  private static void write(
      CsvWriter examples, Model model, String perturbation, int[] indices, Predictions of) {
    for (int i = 0; i < of.count(); i++) {
      examples.writeRecord(
          model.name(),
          perturbation,
          Integer.toString(indices[i]),
          Integer.toString(of.label(i)),
          Integer.toString(of.prediction(i)),
          Double.toString(of.confidence(i)),
          Double.toString(of.entropy(i)));
    }
  }

  private void describe(Run run, Dataset images) throws IOException {
    run.options().put("models", models.stream().map(ModelFile::toString).toList());
    run.options().put("data", data.source().toString());
    run.options().put("samples", count(images));
    run.options().put("perturb", perturbations.stream().map(Perturbation::toString).toList());
    corruptions.describe(run.options());
    normalisation.describe(run.options());
    run.options().put("threads", threads.count());
    run.data(
        new Provenance.Data(
            data.source().toString(),
            data.split.name().toLowerCase(Locale.ROOT),
            images.sha256(),
            images.size(),
            count(images)));
  }

  private void print(EvaluationResult result, OutputFolder folder) {
    PrintWriter console = command.commandLine().getOut();
    if (!common.quiet) {
      console.println(EvaluationSummary.of(result));
      console.println();
    }
    console.println("result: " + Run.shown(folder.target().resolve("result.json")));
  }
}
