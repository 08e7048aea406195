package topolip.cli;

import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import topolip.profile.LayerMeasure;

/// Reads a name of `--measures`.
final class LayerMeasureConverter implements ITypeConverter<LayerMeasure> {

  @Override
  public LayerMeasure convert(String value) {
    return Arrays.stream(LayerMeasure.values())
        .filter(measure -> measure.toString().equals(value.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new TypeConversionException(
                "'%s' is no measure; there are %s"
                    .formatted(value, Arrays.toString(LayerMeasure.values()))));
  }
}
