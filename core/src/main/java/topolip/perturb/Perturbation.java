package topolip.perturb;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a perturbed sample is, as written on the command line.
public sealed interface Perturbation permits Noise, Corrupted, Stored, SecondSample {

  /// Reads `gaussian:0.1`, `uniform:8/255`, `salt-pepper:0.02`, `corruption:fog:3`, `npy:X.npy` or
  /// `split`. Sizes are in units of the pixel range [0, 1].
  ///
  /// @throws IllegalArgumentException if it is none of these
  static Perturbation parse(String text) {
    if (text.equals("split")) {
      return new SecondSample();
    }
    String[] parts = text.split(":", 2);
    String value = parts.length < 2 ? "" : parts[1];
    return switch (parts[0]) {
      case "gaussian" -> new GaussianNoise(withinRange(text, size(text, value)));
      case "uniform" -> new UniformNoise(withinRange(text, size(text, value)));
      case "salt-pepper" -> new SaltPepper(size(text, value));
      case "corruption" -> Corrupted.parse(value);
      case "npy" -> new Stored(Path.of(value));
      default ->
          throw new IllegalArgumentException(
              "'%s' is no perturbation; expected gaussian:SIGMA, uniform:EPS,".formatted(text)
                  + " salt-pepper:SHARE, corruption:NAME:SEVERITY, npy:X.npy or split");
    };
  }

  /// A size in units of the pixel range.
  ///
  /// @param text that it was read from
  /// @throws IllegalArgumentException if it is more than the range, as 8 is that stands for 8/255
  private static double withinRange(String text, double size) {
    if (size > 1) {
      throw new IllegalArgumentException(
          "'%s' goes beyond the pixel range [0, 1]; write a size such as 8/255 or 0.03"
              .formatted(text));
    }
    return size;
  }

  private static double size(String text, String value) {
    Matcher matcher = Pattern.compile("([0-9.eE+-]+)(?:/([0-9.eE+-]+))?").matcher(value);
    try {
      if (matcher.matches()) {
        double size = Double.parseDouble(matcher.group(1));
        return matcher.group(2) == null ? size : size / Double.parseDouble(matcher.group(2));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(sizeExpected(text), e);
    }
    throw new IllegalArgumentException(sizeExpected(text));
  }

  private static String sizeExpected(String text) {
    return "'%s' has no size; expected one such as 0.1 or 8/255 behind the colon".formatted(text);
  }
}
