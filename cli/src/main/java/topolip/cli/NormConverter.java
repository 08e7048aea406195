package topolip.cli;

import java.util.Arrays;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import topolip.perturb.attack.Norm;

/// Reads a norm: linf, l2 or l1.
final class NormConverter implements ITypeConverter<Norm> {
  @Override
  public Norm convert(String value) {
    return Arrays.stream(Norm.values())
        .filter(norm -> norm.toString().equals(value))
        .findFirst()
        .orElseThrow(
            () -> new TypeConversionException("'" + value + "' is no norm; use linf, l2 or l1"));
  }
}
