package topolip.torch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import topolip.model.ModelException;

/// Networks in safetensors files.
public final class ModelFiles {
  private static final String NETWORK = "topolip.network";
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  private ModelFiles() {}

  /// Reads a network and its weights.
  ///
  /// @param network of files from elsewhere, which do not say it; null for those of [#write]
  /// @throws ModelException if the file does not say its network, or its tensors do not fit; the
  ///   message lists those that are missing, unexpected or of another shape
  public static NetworkWeights read(Path file, @Nullable Network network) throws IOException {
    Safetensors content = Safetensors.read(file);
    try {
      return NetworkWeights.of(
          network == null ? network(file, content.metadata()) : network, content.tensors());
    } catch (IllegalArgumentException e) {
      throw new ModelException(file, String.valueOf(e.getMessage()), e);
    }
  }

  /// Writes a network with its weights to a new file.
  public static void write(Path file, NetworkWeights weights) throws IOException {
    new Safetensors(weights.arrays(), metadata(weights.network())).write(file);
  }

  static Map<String, String> metadata(Network network) {
    return Map.of(NETWORK, JSON.writeValueAsString(network));
  }

  static Network network(Path file, Map<String, String> metadata) throws ModelException {
    String json = metadata.get(NETWORK);
    if (json == null) {
      throw new ModelException(
          file, "does not say its architecture; name it behind the file: ?architecture=resnet18");
    }
    try {
      Network network = JSON.readValue(json, Network.class);
      if (network == null) {
        throw new ModelException(file, "has no readable architecture: " + json);
      }
      return network;
    } catch (JacksonException e) {
      throw new ModelException(file, "has no readable architecture: " + e.getOriginalMessage(), e);
    }
  }
}
