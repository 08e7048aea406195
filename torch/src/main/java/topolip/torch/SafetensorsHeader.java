package topolip.torch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The header of a safetensors file, checked: tensors fill the bytes behind it without gaps or
/// overlaps, and each has as many bytes as its type and shape say.
///
/// @param metadata free texts by their names
record SafetensorsHeader(Map<String, Entry> entries, Map<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /// Where a tensor lies.
  ///
  /// @param begin bytes from the end of the header on
  record Entry(String type, List<Integer> shape, long begin, long end) {

    int values() {
      return shape.stream().reduce(1, Math::multiplyExact);
    }
  }

  /// @param bytes how many there are behind the header
  static SafetensorsHeader parse(Path file, byte[] json, long bytes) throws SafetensorsException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JacksonException e) {
      throw new SafetensorsException(file, "its header is no JSON: " + e.getOriginalMessage(), e);
    }
    if (!root.isObject()) {
      throw new SafetensorsException(file, "its header is no JSON object");
    }
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : root.properties()) {
      if (member.getKey().equals(METADATA)) {
        for (Map.Entry<String, JsonNode> text : member.getValue().properties()) {
          metadata.put(text.getKey(), text.getValue().asString(""));
        }
      } else {
        entries.put(member.getKey(), entry(file, member.getKey(), member.getValue()));
      }
    }
    requireTiling(file, entries, bytes);
    return new SafetensorsHeader(entries, metadata);
  }

  private static Entry entry(Path file, String name, JsonNode node) throws SafetensorsException {
    JsonNode offsets = node.path("data_offsets");
    JsonNode sides = node.path("shape");
    String type = node.path("dtype").asString("");
    if (offsets.size() != 2
        || !offsets.path(0).isIntegralNumber()
        || !offsets.path(1).isIntegralNumber()
        || !offsets.path(0).canConvertToLong()
        || !offsets.path(1).canConvertToLong()
        || !sides.isArray()) {
      throw new SafetensorsException(
          file, "tensor %s lacks dtype, shape or data_offsets".formatted(name));
    }
    List<Integer> shape = new ArrayList<>();
    long values = 1;
    for (JsonNode side : sides) {
      if (!side.isIntegralNumber() || !side.canConvertToInt() || side.intValue() < 0) {
        throw new SafetensorsException(file, "tensor %s has shape %s".formatted(name, sides));
      }
      shape.add(side.intValue());
      values *= side.intValue();
      if (values > Integer.MAX_VALUE) {
        throw new SafetensorsException(
            file, "tensor %s has shape %s: too many values".formatted(name, sides));
      }
    }
    Entry entry =
        new Entry(
            type, List.copyOf(shape), offsets.path(0).longValue(), offsets.path(1).longValue());
    long expected = values * width(file, name, type);
    if (entry.begin() < 0 || entry.end() - entry.begin() != expected) {
      throw new SafetensorsException(
          file,
          "tensor %s, %s of shape %s, has %d bytes, not %d"
              .formatted(name, type, shape, entry.end() - entry.begin(), expected));
    }
    return entry;
  }

  private static int width(Path file, String name, String type) throws SafetensorsException {
    return switch (type) {
      case "F64", "I64", "U64" -> 8;
      case "F32", "I32", "U32" -> 4;
      case "F16", "BF16", "I16", "U16" -> 2;
      case "I8", "U8", "BOOL" -> 1;
      default ->
          throw new SafetensorsException(
              file, "tensor %s has the unknown type '%s'".formatted(name, type));
    };
  }

  private static void requireTiling(Path file, Map<String, Entry> entries, long bytes)
      throws SafetensorsException {
    List<Map.Entry<String, Entry>> ordered = new ArrayList<>(entries.entrySet());
    ordered.sort(
        Comparator.comparingLong((Map.Entry<String, Entry> e) -> e.getValue().begin())
            .thenComparingLong(e -> e.getValue().end()));
    long end = 0;
    for (Map.Entry<String, Entry> entry : ordered) {
      if (entry.getValue().begin() != end) {
        throw new SafetensorsException(
            file,
            "tensor %s begins at byte %d, where %d was expected: tensors overlap or leave a gap"
                .formatted(entry.getKey(), entry.getValue().begin(), end));
      }
      end = entry.getValue().end();
    }
    if (end != bytes) {
      throw new SafetensorsException(
          file, "has %d bytes of tensors, but its header says %d".formatted(bytes, end));
    }
  }
}
