package topolip.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import topolip.diagram.GroundNorm;
import topolip.profile.LayerMeasure;
import topolip.profile.ProfileOptions;
import topolip.profile.Protocol;

/// What a profile measures.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class MeasureOptions {
  /// The filtrations of a cloud.
  enum Complex {
    RIPS
  }

  /// The norms of the birth-death plane, as written on the command line.
  enum Ground {
    LINF(GroundNorm.L_INFINITY),
    L2(GroundNorm.L_2);

    final GroundNorm norm;

    Ground(GroundNorm norm) {
      this.norm = norm;
    }
  }

  @Option(
      names = "--complex",
      paramLabel = "C",
      defaultValue = "rips",
      description = "rips: Vietoris-Rips by diameter (default: ${DEFAULT-VALUE}).")
  Complex complex;

  @Option(
      names = "--degrees",
      paramLabel = "K,...",
      hideParamSyntax = true,
      split = ",",
      defaultValue = "0,1",
      description = "Degrees of homology (default: ${DEFAULT-VALUE}).")
  List<Integer> degrees;

  @Option(
      names = "--order",
      paramLabel = "P",
      defaultValue = "1",
      description = "Order of the Wasserstein distance, at least 1 (default: ${DEFAULT-VALUE}).")
  double order;

  @Option(
      names = "--ground",
      paramLabel = "N",
      defaultValue = "linf",
      description = "Ground norm of the birth-death plane: linf or l2 (default: ${DEFAULT-VALUE}).")
  Ground ground;

  @Option(
      names = "--subsamples",
      paramLabel = "N",
      defaultValue = "20",
      description = "Subsamples that give the 95 %% intervals (default: ${DEFAULT-VALUE}).")
  int subsamples;

  @Option(
      names = "--subsample-size",
      paramLabel = "F",
      defaultValue = "0.8",
      description = "Their size, as a share of the samples (default: ${DEFAULT-VALUE}).")
  double subsampleSize;

  @Option(
      names = "--measures",
      paramLabel = "M,...",
      hideParamSyntax = true,
      split = ",",
      converter = LayerMeasureConverter.class,
      description =
          "Also, layer by layer: cka, rtd, mtopdiv (paired only), effective-rank, stable-rank,"
              + " participation-ratio, entropy.")
  List<LayerMeasure> measures = List.of();

  /// Whether a measure sets a sample beside itself.
  boolean comparesSamples() {
    return measures.contains(LayerMeasure.CKA) || measures.contains(LayerMeasure.RTD);
  }

  /// @throws ParameterException if an option has no sense
  ProfileOptions resolve(Protocol protocol, long seed, CommandSpec command) {
    try {
      return new ProfileOptions(
          protocol,
          degrees,
          order,
          ground.norm,
          subsamples,
          subsampleSize,
          seed,
          Set.copyOf(measures));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  /// Adds every option as resolved.
  void describe(Map<String, Object> options) {
    options.put("complex", complex.name().toLowerCase(Locale.ROOT));
    options.put("degrees", degrees);
    options.put("order", order);
    options.put("ground", ground.name().toLowerCase(Locale.ROOT));
    options.put("subsamples", subsamples);
    options.put("subsampleSize", subsampleSize);
    options.put("measures", measures.stream().map(LayerMeasure::toString).toList());
  }
}
