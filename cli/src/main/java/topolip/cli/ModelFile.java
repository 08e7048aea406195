package topolip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import topolip.dataset.ImageShape;
import topolip.lipschitz.LayerGraph;
import topolip.model.DifferentiableModel;
import topolip.model.Model;
import topolip.onnx.OnnxModel;
import topolip.torch.ModelExport;
import topolip.torch.onnx.DifferentiableOnnx;
import topolip.torch.onnx.Precision;

/// A MODEL of the command line: `file.onnx`, `file.safetensors` or the name of a built-in
/// architecture, with settings behind a question mark:
/// `file.onnx?mean=0.5,0.5,0.5&std=0.2,0.2,0.2`.
///
/// @param name what stands before the question mark
record ModelFile(String name, Map<String, String> settings) {
  static final String DESCRIPTION =
      "FILE.onnx, FILE.safetensors, or a built-in architecture with random weights (see 'topolip"
          + " train --help'); settings follow a '?', such as%n"
          + "\"FILE.onnx?mean=...&std=...\" or \"attn-6?residual=false&seed=1\"";

  /// Opens the model.
  ///
  /// @param defaults the mean and standard deviation of models that carry none themselves
  /// @param data the shape of the images, for models that take images of any size; null if unknown
  Model open(NormalisationOptions defaults, @Nullable ImageShape data, int threads)
      throws IOException {
    return switch (kind()) {
      case ONNX -> onnx(defaults, data, threads);
      case SAFETENSORS -> BuiltInModel.read(this, defaults, data, threads);
      case BUILT_IN -> BuiltInModel.random(this, defaults, data, threads);
    };
  }

  /// The same, with gradients: ONNX files are run by libtorch.
  ///
  /// @throws IOException if the file is not what it should be, or has operators that are not
  ///   supported there
  DifferentiableModel openWithGradients(
      NormalisationOptions defaults, @Nullable ImageShape data, int threads) throws IOException {
    return switch (kind()) {
      case ONNX ->
          DifferentiableOnnx.open(
              existing(),
              new DifferentiableOnnx.Options(
                  mean(defaults), std(defaults), data, threads, Precision.FLOAT32));
      case SAFETENSORS -> BuiltInModel.read(this, defaults, data, threads);
      case BUILT_IN -> BuiltInModel.random(this, defaults, data, threads);
    };
  }

  /// The model as an ONNX file with the settings that it needs: itself, or a built-in network
  /// written to a folder, with its normalisation inside.
  ///
  /// @param folder where no file `network.onnx` exists
  ModelFile asOnnx(NormalisationOptions defaults, ImageShape data, Path folder) throws IOException {
    if (isOnnx()) {
      return this;
    }
    Path file = folder.resolve("network.onnx");
    ModelExport.onnx(
        file,
        kind() == Kind.SAFETENSORS
            ? BuiltInModel.stored(this, defaults, data)
            : BuiltInModel.drawn(this, defaults, data));
    return new ModelFile(file.toString(), Map.of());
  }

  /// The layers of the model, whose tensors its taps are.
  ///
  /// @throws IOException if the model cannot be read or run
  LayerGraph layerGraph(NormalisationOptions defaults, ImageShape data) throws IOException {
    if (!isOnnx()) {
      Path folder = Files.createTempDirectory("topolip");
      try {
        return asOnnx(defaults, data, folder).layerGraph(new NormalisationOptions(), data);
      } finally {
        Files.deleteIfExists(folder.resolve("network.onnx"));
        Files.delete(folder);
      }
    }
    try (OnnxModel model = onnx(defaults, data, 1)) {
      return model.layerGraph();
    }
  }

  boolean isOnnx() {
    return kind() == Kind.ONNX;
  }

  /// Whether it names a file, which may be missing.
  boolean isFile() {
    return kind() != Kind.BUILT_IN;
  }

  private enum Kind {
    ONNX,
    SAFETENSORS,
    BUILT_IN
  }

  private Kind kind() {
    if (name.endsWith(".safetensors")) {
      return Kind.SAFETENSORS;
    }
    boolean path = name.endsWith(".onnx") || name.contains("/") || Files.exists(Path.of(name));
    return path ? Kind.ONNX : Kind.BUILT_IN;
  }

  private OnnxModel onnx(NormalisationOptions defaults, @Nullable ImageShape data, int threads)
      throws IOException {
    return OnnxModel.open(
        existing(), new OnnxModel.Options(mean(defaults), std(defaults), data, threads));
  }

  /// The mean of the settings, or else of the options; null where neither has one.
  @Nullable List<Double> mean(NormalisationOptions defaults) {
    List<Double> own = numbers("mean");
    return own == null ? defaults.mean : own;
  }

  /// The same of the standard deviation.
  @Nullable List<Double> std(NormalisationOptions defaults) {
    List<Double> own = numbers("std");
    return own == null ? defaults.std : own;
  }

  /// The file.
  Path existing() throws IOException {
    if (!Files.exists(Path.of(name))) {
      throw new NoSuchFileException(name);
    }
    return Path.of(name);
  }

  /// A setting that is a list of numbers; null if it was not given.
  private @Nullable List<Double> numbers(String setting) {
    String list = settings.get(setting);
    try {
      return list == null ? null : Arrays.stream(list.split(",", -1)).map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'" + list + "' is no list of numbers such as 0.5,0.5,0.5", e);
    }
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name);
    settings.forEach((key, value) ->
        text.append(text.length() == name.length() ? '?' : '&')
            .append(key)
            .append('=')
            .append(value));
    return text.toString();
  }

  /// Reads a MODEL.
  static final class Converter implements ITypeConverter<ModelFile> {
    private static final Set<String> ONNX_SETTINGS = Set.of("mean", "std");

    @Override
    public ModelFile convert(String value) {
      int query = value.lastIndexOf('?');
      if (query < 0) {
        return new ModelFile(local(value), Map.of());
      }
      Map<String, String> settings = new LinkedHashMap<>();
      for (String setting : value.substring(query + 1).split("&", -1)) {
        String[] parts = setting.split("=", 2);
        if (parts.length < 2) {
          throw new TypeConversionException(
              "'"
                  + value
                  + "': expected NAME=VALUE&… behind the question mark, such as"
                  + " file.onnx?mean=…&std=…");
        }
        settings.put(parts[0], parts[1]);
      }
      ModelFile model = new ModelFile(local(value.substring(0, query)), settings);
      requireKnown(value, model);
      return model;
    }

    /// The name of an architecture is no path, and others stay as they are.
    private static String local(String name) {
      return InputPath.isRemote(name) ? InputPath.of(name).toString() : name;
    }

    private static void requireKnown(String value, ModelFile model) {
      if (model.kind() == Kind.ONNX && !ONNX_SETTINGS.containsAll(model.settings.keySet())) {
        throw new TypeConversionException(
            "'" + value + "': expected file.onnx?mean=…&std=… behind the question mark");
      }
      try {
        ONNX_SETTINGS.forEach(model::numbers);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
