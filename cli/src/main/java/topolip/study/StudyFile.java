package topolip.study;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Reads studies, from YAML.
public final class StudyFile {
  /// The studies that come with the program.
  public static final List<String> PRESETS =
      List.of("paper-small", "paper", "paper-fashion", "sweep");

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private StudyFile() {}

  /// @throws IOException if it cannot be read or is no study; the message says where and why
  public static Study read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(file + ": no such file");
    }
    return parse(file.toString(), Files.readString(file));
  }

  /// A study that comes with the program, on its own data unless others are named.
  ///
  /// @throws IllegalArgumentException if there is none of this name
  public static Study preset(String name) throws IOException {
    if (!PRESETS.contains(name)) {
      throw new IllegalArgumentException(
          "'%s' is no preset; there are %s".formatted(name, PRESETS));
    }
    return parse(name, text(name));
  }

  /// The text of a preset, to begin an own file with.
  public static String text(String preset) throws IOException {
    try (InputStream in = StudyFile.class.getResourceAsStream(preset + ".yaml")) {
      if (in == null) {
        throw new IOException("the program lacks its study " + preset + "; build it again");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Study parse(String name, String text) throws IOException {
    try {
      return YAML.readValue(text, Study.class);
    } catch (JacksonException e) {
      String where =
          e.getLocation() == null || e.getLocation().getLineNr() < 1
              ? ""
              : ", line " + e.getLocation().getLineNr();
      String why =
          e.getCause() instanceof IllegalArgumentException own
              ? String.valueOf(own.getMessage())
              : e.getOriginalMessage();
      throw new IOException("%s%s: no study: %s".formatted(name, where, why), e);
    }
  }
}
