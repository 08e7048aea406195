package topolip.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import topolip.profile.Provenance;
import topolip.profile.RunResult;

/// Numbers of two runs belong on one axis only if both measured the same thing on the same data.
final class SameMeasurement {
  private static final List<String> OPTIONS =
      List.of("protocol", "complex", "degrees", "order", "ground", "samples");

  private SameMeasurement() {}

  /// @throws IOException naming the first thing in which the runs differ
  static void require(Path first, RunResult a, Path second, RunResult b) throws IOException {
    for (String option : OPTIONS) {
      requireEqual(first, second, option, option(a, option), option(b, option));
    }
    requireEqual(first, second, "data", data(a), data(b));
  }

  private static @Nullable Object option(RunResult run, String option) {
    return run.provenance().options().get(option);
  }

  private static @Nullable String data(RunResult run) {
    Provenance.@Nullable Data data = run.provenance().data();
    return data == null
        ? null
        : "%s %s (SHA-256 %s…)"
            .formatted(data.source(), data.split(), data.sha256().substring(0, 8));
  }

  private static void requireEqual(
      Path first, Path second, String what, @Nullable Object a, @Nullable Object b)
      throws IOException {
    if (!Objects.equals(a, b)) {
      throw new IOException(
          "%s and %s cannot share a report: %s is %s in one and %s in the other"
              .formatted(first, second, what, a, b));
    }
  }
}
