package topolip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import topolip.dataset.ImageShape;
import topolip.onnx.OnnxModel;

/// A MODEL of the command line: `file.onnx` or `file.onnx?mean=0.5,0.5,0.5&std=0.2,0.2,0.2`.
record ModelFile(Path path, @Nullable List<Double> mean, @Nullable List<Double> std) {

  /// Opens the model.
  ///
  /// @param defaults the mean and standard deviation of models that carry none themselves
  /// @param data the shape of the images, for models that take images of any size; null if unknown
  OnnxModel open(NormalisationOptions defaults, @Nullable ImageShape data, int threads)
      throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path.toString());
    }
    boolean own = mean != null || std != null;
    return OnnxModel.open(
        path,
        new OnnxModel.Options(own ? mean : defaults.mean, own ? std : defaults.std, data, threads));
  }

  /// Reads a MODEL.
  static final class Converter implements ITypeConverter<ModelFile> {

    @Override
    public ModelFile convert(String value) {
      int query = value.lastIndexOf('?');
      if (query < 0) {
        return new ModelFile(Path.of(value), null, null);
      }
      Map<String, List<Double>> settings = new HashMap<>();
      for (String setting : value.substring(query + 1).split("&", -1)) {
        String[] parts = setting.split("=", 2);
        if (parts.length < 2 || !(parts[0].equals("mean") || parts[0].equals("std"))) {
          throw new TypeConversionException(
              "'" + value + "': expected file.onnx?mean=…&std=… behind the question mark");
        }
        settings.put(parts[0], numbers(parts[1]));
      }
      return new ModelFile(
          Path.of(value.substring(0, query)), settings.get("mean"), settings.get("std"));
    }

    private static List<Double> numbers(String list) {
      try {
        return Arrays.stream(list.split(",", -1)).map(Double::valueOf).toList();
      } catch (NumberFormatException e) {
        throw new TypeConversionException(
            "'" + list + "' is no list of numbers such as 0.5,0.5,0.5");
      }
    }
  }
}
