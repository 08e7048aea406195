package topolip.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import topolip.model.Accuracy;
import topolip.profile.Series.Estimate;
import topolip.profile.Series.TopoLip;

/// Numbers as the page and the screen show them: four significant digits, an en dash where
/// undefined.
public final class Numbers {
  private static final String UNDEFINED = "–";

  private Numbers() {}

  public static String number(@Nullable Double value) {
    if (value == null) {
      return UNDEFINED;
    }
    double size = Math.abs(value);
    return size != 0 && (size < 1e-3 || size >= 1e6)
        ? String.format(Locale.ROOT, "%.3e", value)
        : String.format(Locale.ROOT, "%.4g", value);
  }

  /// The mean rate, and how many rates are in it unless all are.
  public static String mean(TopoLip topolip) {
    String mean = number(topolip.mean().value());
    return topolip.definedThroughout()
        ? mean
        : "%s (%d of %d rates)".formatted(mean, topolip.definedRates(), topolip.rates());
  }

  /// An interval in brackets, nothing where there is none.
  public static String interval(Estimate estimate) {
    return estimate.low() == null
        ? ""
        : "[" + number(estimate.low()) + ", " + number(estimate.high()) + "]";
  }

  static String percent(@Nullable Accuracy accuracy) {
    return accuracy == null
        ? UNDEFINED
        : String.format(Locale.ROOT, "%.1f %%", 100 * accuracy.share());
  }

  static String percentInterval(@Nullable Accuracy accuracy) {
    return accuracy == null
        ? ""
        : String.format(Locale.ROOT, "[%.1f, %.1f]", 100 * accuracy.low(), 100 * accuracy.high());
  }

  static String count(@Nullable Long value) {
    return value == null ? UNDEFINED : String.format(Locale.ROOT, "%,d", value);
  }

  static String degree(String degree) {
    return degree.equals("union") ? "together" : degree;
  }

  /// What an interval of a difference says.
  static String verdict(Estimate difference, String first, String second) {
    if (difference.low() == null || difference.high() == null) {
      return "not compared";
    }
    if (difference.low() > 0) {
      return first + " higher";
    }
    return difference.high() < 0 ? second + " higher" : "no clear difference";
  }
}
