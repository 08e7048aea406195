package topolip.lipschitz;

/// Radii of balls that hold what an attention layer reads.
///
/// @param queries no query is longer
/// @param keys no key is longer
/// @param values no value is longer
public record Radii(double queries, double keys, double values) {

  public Radii {
    if (!(queries >= 0 && keys >= 0 && values >= 0)) {
      throw new IllegalArgumentException(
          "radii must be at least 0: %s, %s, %s".formatted(queries, keys, values));
    }
  }
}
