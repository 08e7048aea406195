package topolip.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads `--memory`: bytes, or with k, m or g behind the number.
final class MemorySize implements ITypeConverter<Long> {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,8})([kmg]?)");

  @Override
  public Long convert(String value) {
    Matcher matcher = FORM.matcher(value.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new TypeConversionException("'" + value + "' is no size such as 512m or 8g");
    }
    long bytes =
        Long.parseLong(matcher.group(1))
            << switch (matcher.group(2)) {
              case "k" -> 10;
              case "m" -> 20;
              case "g" -> 30;
              default -> 0;
            };
    long heap = Runtime.getRuntime().maxMemory();
    if (bytes > heap / 4 * 3) {
      throw new TypeConversionException(
          "'%s' is more than three quarters of the heap of %d MB; give a larger heap with"
                  .formatted(value, heap >> 20)
              + " TOPOLIP_JAVA_OPTS=-Xmx…");
    }
    return bytes;
  }
}
