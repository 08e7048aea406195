package topolip.profile;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import topolip.diagram.Entropy;
import topolip.engine.Progress;
import topolip.geometry.DistanceMatrix;
import topolip.geometry.PointCloud;
import topolip.homology.PersistenceDiagram;
import topolip.representation.CentredKernelAlignment;
import topolip.representation.Spectrum;
import topolip.representation.TopologyDivergence;

/// Measures layers by what is known beside TopoLip.
///
/// A layer costs one more distance matrix, divergences the degree-1 homology of 2n points, ranks
/// the spectrum of n.
///
/// @param wanted of which
/// @param threads for distances
record LayerMeasures(Set<LayerMeasure> wanted, int threads) {

  /// The measures by name, one value a layer; null where undefined. What compares neighbouring
  /// layers has one value fewer.
  ///
  /// @param diagrams `[layer][degree]`, of the clean clouds
  Map<String, List<@Nullable Double>> of(
      String name,
      List<LayerClouds> layers,
      List<List<PersistenceDiagram>> diagrams,
      Progress progress) {
    Map<LayerMeasure, List<@Nullable Double>> values = new EnumMap<>(LayerMeasure.class);
    wanted.stream()
        .filter(measure -> measure != LayerMeasure.ENTROPY)
        .forEach(measure -> values.put(measure, new ArrayList<>()));
    if (!values.isEmpty()) {
      try (Progress.Stage stage = progress.begin(name + ": other measures", layers.size())) {
        measure(layers, values, stage);
      }
    }
    Map<String, List<@Nullable Double>> named = new LinkedHashMap<>();
    values.forEach((measure, series) -> named.put(measure.toString(), series));
    if (wanted.contains(LayerMeasure.ENTROPY)) {
      addEntropies(diagrams, named);
    }
    return named;
  }

  private void measure(
      List<LayerClouds> layers,
      Map<LayerMeasure, List<@Nullable Double>> values,
      Progress.Stage stage) {
    @Nullable DistanceMatrix before = null;
    for (LayerClouds layer : layers) {
      DistanceMatrix clean = layer.cloud().distances(threads);
      @Nullable PointCloud perturbed = layer.perturbed();
      @Nullable DistanceMatrix other = perturbed == null ? before : perturbed.distances(threads);
      @Nullable Spectrum spectrum = spectrum(clean);
      values.forEach((measure, series) -> {
        if (measure.isOfSpectrum()) {
          series.add(rank(measure, spectrum));
        } else if (measure == LayerMeasure.MTOPDIV) {
          series.add(manifolds(layer, clean.median()));
        } else if (other != null) {
          series.add(ofPair(measure, other, clean));
        }
      });
      before = clean;
      stage.step(1);
    }
  }

  /// The spectrum that the ranks are of; null if none was asked for, or most points are equal.
  private @Nullable Spectrum spectrum(DistanceMatrix distances) {
    boolean asked = wanted.stream().anyMatch(LayerMeasure::isOfSpectrum);
    return asked && distances.median() > 0 ? Spectrum.of(distances) : null;
  }

  private static @Nullable Double rank(LayerMeasure measure, @Nullable Spectrum spectrum) {
    if (spectrum == null) {
      return null;
    }
    return switch (measure) {
      case EFFECTIVE_RANK -> spectrum.effectiveRank();
      case STABLE_RANK -> spectrum.stableRank();
      case PARTICIPATION_RATIO -> spectrum.participationRatio();
      case CKA, RTD, MTOPDIV, ENTROPY -> throw new IllegalArgumentException("" + measure);
    };
  }

  private static @Nullable Double ofPair(
      LayerMeasure measure, DistanceMatrix first, DistanceMatrix second) {
    if (!(first.median() > 0 && second.median() > 0)) {
      return null;
    }
    if (measure == LayerMeasure.RTD) {
      return TopologyDivergence.ofRepresentations(first, second);
    }
    double alignment = CentredKernelAlignment.debiased(first, second);
    return Double.isNaN(alignment) ? null : alignment;
  }

  private @Nullable Double manifolds(LayerClouds layer, double scale) {
    PointCloud perturbed = Objects.requireNonNull(layer.perturbed());
    if (!(scale > 0)) {
      return null;
    }
    DistanceMatrix both = layer.cloud().joined(perturbed).distances(threads);
    return TopologyDivergence.ofManifolds(both, layer.cloud().size()) / scale;
  }

  private static void addEntropies(
      List<List<PersistenceDiagram>> diagrams, Map<String, List<@Nullable Double>> named) {
    for (int k = 0; k < diagrams.getFirst().size(); k++) {
      List<@Nullable Double> series = new ArrayList<>();
      for (List<PersistenceDiagram> layer : diagrams) {
        series.add(Entropy.of(layer.get(k).withoutEssential()));
      }
      named.put("entropy-" + diagrams.getFirst().get(k).degree(), series);
    }
  }
}
