package topolip.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import topolip.perturb.Perturbation;

/// Reads `--perturb`.
final class PerturbationConverter implements ITypeConverter<Perturbation> {

  @Override
  public Perturbation convert(String value) {
    try {
      return Perturbation.parse(value);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
