package topolip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The `result.json` in the folder of a command.
final class ResultFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private ResultFile() {}

  /// Writes it whole or not at all.
  static void write(Path folder, Object result) throws IOException {
    Path aside = folder.resolve(".result.json.partial");
    Files.writeString(aside, JSON.writeValueAsString(result) + "\n");
    Files.move(
        aside,
        folder.resolve("result.json"),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }
}
