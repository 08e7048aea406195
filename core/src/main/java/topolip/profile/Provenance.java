package topolip.profile;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a result was made.
///
/// @param commit of the source the program was built from, with `-dirty` behind it when that had
///   been changed; null outside a checkout
/// @param command the words of the command line
/// @param options every option as resolved, defaults included
/// @param data where the samples came from; null when the activations came from files
/// @param models SHA-256 of each model's file by the model's name
/// @param files SHA-256 of other files that were read, by their names as given
/// @param started in UTC, ISO 8601
/// @param seconds that the run took
public record Provenance(
    String version,
    @Nullable String commit,
    String command,
    Map<String, Object> options,
    long seed,
    @Nullable Data data,
    Map<String, String> models,
    Map<String, String> files,
    String jdk,
    String machine,
    String started,
    double seconds) {

  /// @param source as given on the command line
  /// @param sha256 of all images and labels of the split
  /// @param samples how many of them were measured
  public record Data(String source, String split, String sha256, int size, int samples) {}
}
