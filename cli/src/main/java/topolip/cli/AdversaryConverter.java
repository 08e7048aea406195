package topolip.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import topolip.torch.Adversary;

/// Reads `none`, `pgd:EPS:STEPS` and `trades:EPS:STEPS:BETA`; a step is 2.5 EPS / STEPS long.
final class AdversaryConverter implements ITypeConverter<Adversary> {
  private static final double REACH = 2.5;

  @Override
  public Adversary convert(String value) {
    String[] parts = value.split(":", -1);
    try {
      if (parts[0].equals("none") && parts.length == 1) {
        return new Adversary.None();
      }
      if (parts[0].equals("pgd") && parts.length == 3) {
        int steps = Integer.parseInt(parts[2]);
        double eps = fraction(parts[1]);
        return new Adversary.Pgd(eps, steps, REACH * eps / steps);
      }
      if (parts[0].equals("trades") && parts.length == 4) {
        int steps = Integer.parseInt(parts[2]);
        double eps = fraction(parts[1]);
        return new Adversary.Trades(eps, steps, REACH * eps / steps, Double.parseDouble(parts[3]));
      }
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + value + "' has a number that is none");
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("'" + value + "': " + e.getMessage());
    }
    throw new TypeConversionException(
        "'" + value + "' is neither none, pgd:EPS:STEPS nor trades:EPS:STEPS:BETA");
  }

  private static double fraction(String text) {
    String[] parts = text.split("/", 2);
    double value = Double.parseDouble(parts[0]);
    return parts.length == 1 ? value : value / Double.parseDouble(parts[1]);
  }
}
