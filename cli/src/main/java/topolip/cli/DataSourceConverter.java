package topolip.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import topolip.dataset.DataSource;

/// Reads `--data`.
final class DataSourceConverter implements ITypeConverter<DataSource> {

  @Override
  public DataSource convert(String value) {
    try {
      return DataSource.parse(value, InputPath::of);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
