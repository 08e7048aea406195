package topolip.cli;

import picocli.CommandLine.Option;
import topolip.homology.Cech;
import topolip.homology.Filtration;
import topolip.homology.VietorisRips;

/// Which complexes grow on the points, and what is computed of them.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class FiltrationOptions {
  /// The complexes, as written on the command line.
  enum Complex {
    RIPS,
    CECH
  }

  @Option(
      names = "--complex",
      paramLabel = "C",
      defaultValue = "rips",
      description =
          "rips: Vietoris-Rips by diameter; cech: Čech by radius, to degree 2 (default:"
              + " ${DEFAULT-VALUE}).")
  Complex complex;

  @Option(
      names = "--max-degree",
      paramLabel = "K",
      defaultValue = "1",
      description = "Highest degree of homology (default: ${DEFAULT-VALUE}).")
  int maxDegree;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      defaultValue = "Infinity",
      description = "Leave out simplices that appear later (default: none).")
  double threshold;

  @Option(
      names = "--field",
      paramLabel = "P",
      defaultValue = "2",
      description = "Coefficients in Z/P, P a prime below 32768 (default: ${DEFAULT-VALUE}).")
  int prime;

  boolean isCech() {
    return complex == Complex.CECH;
  }

  /// @throws IllegalArgumentException if an option is out of its range
  Filtration filtration(int threads) {
    return switch (complex) {
      case RIPS -> new VietorisRips(maxDegree, threshold, prime, threads);
      case CECH -> new Cech(maxDegree, threshold, prime, threads);
    };
  }
}
