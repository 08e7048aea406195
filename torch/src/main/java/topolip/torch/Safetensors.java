package topolip.torch;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Named tensors with free texts beside them: a file of the safetensors format
/// (<https://huggingface.co/docs/safetensors>), which holds numbers and no code.
///
/// @param tensors float64, float16 and bfloat16 are read as float32; integers are left out
record Safetensors(Map<String, FloatArray> tensors, Map<String, String> metadata) {
  /// What the format allows.
  private static final long LONGEST_HEADER = 100_000_000;

  Safetensors {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /// @throws SafetensorsException if the file is damaged or no safetensors file
  static Safetensors read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size < Long.BYTES) {
        throw new SafetensorsException(file, "has %d bytes, too few for a header".formatted(size));
      }
      long length = bytes(channel, 0, Long.BYTES).getLong();
      if (length < 2 || length > LONGEST_HEADER || length > size - Long.BYTES) {
        throw new SafetensorsException(
            file,
            "claims a header of %s bytes in a file of %d"
                .formatted(Long.toUnsignedString(length), size));
      }
      byte[] json = bytes(channel, Long.BYTES, Math.toIntExact(length)).array();
      long data = Long.BYTES + length;
      SafetensorsHeader header = SafetensorsHeader.parse(file, json, size - data);
      Map<String, FloatArray> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, SafetensorsHeader.Entry> entry : header.entries().entrySet()) {
        SafetensorsHeader.Entry place = entry.getValue();
        if (place.type().contains("F")) {
          tensors.put(entry.getKey(), values(channel, data + place.begin(), place));
        }
      }
      return new Safetensors(tensors, header.metadata());
    }
  }

  private static FloatArray values(
      FileChannel channel, long position, SafetensorsHeader.Entry entry) throws IOException {
    float[] values = new float[entry.values()];
    int width =
        values.length == 0 ? 1 : Math.toIntExact((entry.end() - entry.begin()) / values.length);
    int piece = (1 << 20) / width;
    for (int from = 0; from < values.length; from += piece) {
      int to = Math.min(values.length, from + piece);
      ByteBuffer buffer = bytes(channel, position + (long) from * width, (to - from) * width);
      for (int i = from; i < to; i++) {
        values[i] =
            switch (entry.type()) {
              case "F64" -> (float) buffer.getDouble();
              case "F16" -> Float.float16ToFloat(buffer.getShort());
              case "BF16" -> Float.intBitsToFloat(buffer.getShort() << 16);
              default -> buffer.getFloat();
            };
      }
    }
    return FloatArray.wrap(entry.shape(), values);
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new EOFException("a file ended while it was read");
      }
    }
    return buffer.flip();
  }

  /// Writes all tensors as float32 to a new file, through to the disk.
  void write(Path file) throws IOException {
    byte[] header = header();
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
      ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      write(channel, length.putLong(header.length).flip());
      write(channel, ByteBuffer.wrap(header));
      for (FloatArray tensor : tensors.values()) {
        ByteBuffer buffer =
            ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, tensor.values().length))
                .order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(tensor.values());
        write(channel, buffer);
      }
      channel.force(true);
    }
  }

  private static void write(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /// Filled with spaces so that tensors begin at a multiple of eight bytes.
  private byte[] header() {
    ObjectNode root = JsonMapper.shared().createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode texts = root.putObject("__metadata__");
      metadata.forEach(texts::put);
    }
    long begin = 0;
    for (Map.Entry<String, FloatArray> tensor : tensors.entrySet()) {
      long end = begin + (long) Float.BYTES * tensor.getValue().values().length;
      ObjectNode entry = root.putObject(tensor.getKey()).put("dtype", "F32");
      tensor.getValue().shape().forEach(entry.withArray("shape")::add);
      entry.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    byte[] json = root.toString().getBytes(StandardCharsets.UTF_8);
    String padding = " ".repeat(Math.floorMod(-json.length, Long.BYTES));
    return (root + padding).getBytes(StandardCharsets.UTF_8);
  }
}
