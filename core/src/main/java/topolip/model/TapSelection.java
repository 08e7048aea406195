package topolip.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Picks taps by `--layers`.
public final class TapSelection {
  private static final int NAMES_SHOWN = 5;

  private TapSelection() {}

  /// The taps that an expression picks, in the order of the layers: `auto` (the block outputs),
  /// `all`, or a comma-separated list of names, in which `*` and `?` stand for any characters and
  /// any one character, and of indices.
  ///
  /// The parameters of a picked tap are those of all taps since the one picked before it.
  ///
  /// @throws IllegalArgumentException if a part of the list picks nothing, or is the index of one
  ///   tap and the name of another
  public static List<Tap> select(List<Tap> taps, String expression) {
    Set<Tap> chosen = new LinkedHashSet<>();
    for (String part : expression.split(",", -1)) {
      requireUnambiguous(taps, part.strip());
      List<Tap> matches = taps.stream().filter(tap -> matches(tap, part.strip())).toList();
      if (matches.isEmpty()) {
        throw new IllegalArgumentException(
            "no layer is '%s'; there are %d, such as %s ('topolip layers MODEL' lists them)"
                .formatted(part.strip(), taps.size(), examples(taps)));
      }
      chosen.addAll(matches);
    }
    List<Tap> ordered = chosen.stream().sorted(Comparator.comparingInt(Tap::index)).toList();
    return withParametersSince(taps, ordered);
  }

  private static boolean matches(Tap tap, String part) {
    return switch (part) {
      case "auto" -> tap.block();
      case "all" -> true;
      default ->
          part.equals(Integer.toString(tap.index())) || glob(part).matcher(tap.name()).matches();
    };
  }

  /// Exporters call tensors by numbers too.
  private static void requireUnambiguous(List<Tap> taps, String part) {
    for (Tap named : taps) {
      for (Tap placed : taps) {
        if (named.name().equals(part)
            && Integer.toString(placed.index()).equals(part)
            && named.index() != placed.index()) {
          throw new IllegalArgumentException(
              "'%s' is the index of layer '%s' and the name of layer %d; ask for '%s' or for %d"
                  .formatted(part, placed.name(), named.index(), placed.name(), named.index()));
        }
      }
    }
  }

  private static Pattern glob(String part) {
    String regex =
        part.chars()
            .mapToObj(c ->
                switch (c) {
                  case '*' -> ".*";
                  case '?' -> ".";
                  default -> Pattern.quote(Character.toString(c));
                })
            .collect(Collectors.joining());
    return Pattern.compile(regex);
  }

  private static String examples(List<Tap> taps) {
    return taps.stream()
        .filter(Tap::block)
        .limit(NAMES_SHOWN)
        .map(Tap::name)
        .collect(Collectors.joining(", "));
  }

  private static List<Tap> withParametersSince(List<Tap> taps, List<Tap> ordered) {
    long[] sums = new long[ordered.size()];
    int place = 0;
    for (Tap tap : taps) {
      while (place < ordered.size() && ordered.get(place).index() < tap.index()) {
        place++;
      }
      if (place < ordered.size()) {
        sums[place] += tap.parameters();
      }
    }
    List<Tap> result = new ArrayList<>();
    for (int i = 0; i < sums.length; i++) {
      Tap tap = ordered.get(i);
      result.add(new Tap(tap.index(), tap.name(), tap.kind(), tap.shape(), sums[i], tap.block()));
    }
    return result;
  }
}
