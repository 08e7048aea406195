package topolip.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// Reads a radius: a number such as 0.03, or a fraction such as 8/255.
final class RadiusConverter implements ITypeConverter<Double> {
  @Override
  public Double convert(String value) {
    String[] parts = value.split("/", 2);
    try {
      double radius =
          parts.length == 1
              ? Double.parseDouble(value)
              : Double.parseDouble(parts[0]) / Double.parseDouble(parts[1]);
      if (radius >= 0 && radius < Double.POSITIVE_INFINITY) {
        return radius;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new TypeConversionException("'" + value + "' is no radius such as 0.03 or 8/255");
  }
}
