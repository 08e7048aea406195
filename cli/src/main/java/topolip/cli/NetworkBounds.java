package topolip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import topolip.dataset.DataSource;
import topolip.dataset.Dataset;
import topolip.dataset.Images;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Certificate;
import topolip.lipschitz.Clever;
import topolip.lipschitz.JacobianNorms;
import topolip.lipschitz.LayerConstants;
import topolip.lipschitz.LayerGraph;
import topolip.lipschitz.SteepestQuotient;
import topolip.model.DifferentiableModel;
import topolip.model.Tap;
import topolip.perturb.SamplePair;
import topolip.perturb.attack.Norm;
import topolip.profile.Provenance;

/// What is proved of networks, layer by layer, against what is found.
///
/// @param common seed and progress
record NetworkBounds(BoundsOptions options, CommonOptions common) {
  private static final int CLEVER_BATCHES = 20;
  private static final int CLEVER_SAMPLES = 64;
  private static final double CLEVER_RADIUS = 0.5;

  /// The constants of every model on images of a data set.
  BoundsResult of(DataSource data, Run run) throws IOException {
    Dataset images = data.open(options.split, common.seed);
    List<BoundsResult.OfModel> found = new ArrayList<>();
    for (ModelFile model : options.models) {
      found.add(measure(model, images, run));
    }
    options.describe(run.options(), data);
    run.data(
        new Provenance.Data(
            data.toString(),
            options.split.name().toLowerCase(Locale.ROOT),
            images.sha256(),
            images.size(),
            options.samples));
    return new BoundsResult(BoundsResult.SCHEMA_VERSION, run.provenance(common.seed), found);
  }

  private BoundsResult.OfModel measure(ModelFile file, Dataset images, Run run) throws IOException {
    Path folder = Files.createTempDirectory("topolip");
    try {
      ModelFile onnx = file.asOnnx(options.normalisation, images.shape(), folder);
      NormalisationOptions inside =
          onnx.equals(file) ? options.normalisation : new NormalisationOptions();
      LayerGraph graph = onnx.layerGraph(inside, images.shape());
      try (DifferentiableModel model =
          onnx.openWithGradients(inside, images.shape(), options.threads.count())) {
        String name = file.isOnnx() ? model.name() : file.toString();
        run.model(name, model.sha256());
        return measure(name, graph, model, images);
      }
    } finally {
      Files.deleteIfExists(folder.resolve("network.onnx"));
      Files.delete(folder);
    }
  }

  private BoundsResult.OfModel measure(
      String name, LayerGraph graph, DifferentiableModel model, Dataset images) throws IOException {
    SamplePair pair =
        SamplePair.of(
            images, options.samples, options.perturbation, common.seed, options.threads.count());
    Images clean = pair.clean(0, options.samples);
    List<Tap> taps = options.taps(model);
    List<LayerConstants> constants =
        LayerConstants.along(
            graph,
            model,
            taps,
            new LayerConstants.Sample(
                clean,
                pair.perturbed(0, options.samples),
                IntStream.range(0, options.samples).boxed().toList(),
                common.seed),
            new LayerConstants.Search(
                JacobianNorms.Iteration.standard(),
                SteepestQuotient.standard(),
                List.of(taps.get(taps.size() / 2), taps.getLast())),
            common.progress());
    return new BoundsResult.OfModel(
        name,
        constants.stream().map(BoundsResult.Layer::of).toList(),
        images.labelled()
                && !(images.classesByName() && images.classNames().size() != model.classes())
            ? certificates(model, clean, pair.cleanLabels(), constants.getLast().bound())
            : List.of(),
        clever(model, clean));
  }

  private static List<Certificate> certificates(
      DifferentiableModel model, Images clean, int[] labels, Bound bound) {
    return Certificate.of(model.forward(clean, List.of()).logits(), labels, bound);
  }

  private List<Clever.Score> clever(DifferentiableModel model, Images clean) {
    int count = options.clever;
    if (count == 0) {
      return List.of();
    }
    int size = clean.shape().values();
    Images first = Images.wrap(clean.shape(), Arrays.copyOf(clean.values(), count * size));
    return new Clever(CLEVER_BATCHES, CLEVER_SAMPLES, CLEVER_RADIUS, Norm.L_2)
        .untargeted(
            model, first, IntStream.range(0, count).toArray(), common.seed, common.progress());
  }
}
