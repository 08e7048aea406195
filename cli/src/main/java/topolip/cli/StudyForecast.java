package topolip.cli;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import topolip.study.StudyRun;
import topolip.study.Unit;

/// What a study is going to do, and how long it may take: as long as commands like these took in
/// the same folder. Of what was never run, nothing is said but that.
final class StudyForecast {
  private static final Pattern PLAIN = Pattern.compile("[\\w@%+=:,./-]+");

  private int done;
  private int unknown;
  private int known;
  private double seconds;

  private StudyForecast() {}

  /// A line a command, and a table of how much of each kind is left.
  ///
  /// @param lanes how many commands at a time
  static String of(StudyRun studied, int lanes) {
    StringBuilder text = new StringBuilder("%-8s command%n".formatted("time"));
    Map<Unit.Kind, StudyForecast> kinds = new EnumMap<>(Unit.Kind.class);
    StudyForecast all = new StudyForecast();
    for (Unit unit : studied.units()) {
      boolean isDone = studied.isDone(unit);
      OptionalDouble estimate = studied.estimate(unit);
      all.add(isDone, estimate);
      kinds.computeIfAbsent(unit.kind(), _ -> new StudyForecast()).add(isDone, estimate);
      String time =
          isDone ? "done" : estimate.isPresent() ? text(estimate.getAsDouble()) : "unknown";
      text.append(
          "%-8s topolip %s%n"
              .formatted(
                  time,
                  unit.command(studied.unitsFolder()).stream()
                      .map(StudyForecast::quoted)
                      .collect(Collectors.joining(" "))));
    }
    Table table = new Table("units", "all", "done", "time left on one thread");
    kinds.forEach((kind, of) -> table.add(of.row(kind.name().toLowerCase(Locale.ROOT))));
    table.add(all.row("together"));
    return "%s%n%s%n%n%s%n".formatted(text, table, all.sentence(lanes));
  }

  /// A word of a command as a shell takes it for one.
  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  private void add(boolean isDone, OptionalDouble estimate) {
    done += isDone ? 1 : 0;
    unknown += !isDone && estimate.isEmpty() ? 1 : 0;
    known += !isDone && estimate.isPresent() ? 1 : 0;
    seconds += isDone ? 0 : estimate.orElse(0);
  }

  private String[] row(String name) {
    String left =
        unknown == 0
            ? text(seconds)
            : known == 0 ? "unknown" : "%s, and %d units unknown".formatted(text(seconds), unknown);
    return new String[] {
      name, Integer.toString(done + known + unknown), Integer.toString(done), left
    };
  }

  private String sentence(int lanes) {
    String left =
        known == 0 && unknown > 0
            ? "nothing like them was run here yet, so that their time is unknown"
            : "about %s left, %s at a time%s"
                .formatted(
                    text(seconds / lanes),
                    lanes == 1 ? "one command" : lanes + " commands",
                    unknown == 0
                        ? ""
                        : ", besides %d units of which nothing like them was run here yet"
                            .formatted(unknown));
    return "%d units; %s".formatted(done + known + unknown, left);
  }

  private static String text(double seconds) {
    return seconds < 90 ? "%.0f s".formatted(seconds) : "%.0f min".formatted(seconds / 60);
  }
}
