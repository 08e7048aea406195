package topolip.homology;

/// Told how far a computation has come, by any of its threads and not for every column.
@FunctionalInterface
public interface Progress {
  /// Tells nobody.
  Progress NONE = (_, _, _) -> {};

  /// @param degree the degree in work
  /// @param done how many of its columns are reduced
  /// @param total how many it has
  void columns(int degree, long done, long total);
}
