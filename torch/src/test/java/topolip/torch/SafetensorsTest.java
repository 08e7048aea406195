package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import topolip.model.ModelException;

class SafetensorsTest {
  @TempDir Path folder;

  private Path file(String header, byte... data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return raw(json.length, json, data);
  }

  private Path raw(long length, byte[] json, byte... data) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + json.length + data.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(length)
            .put(json)
            .put(data);
    return Files.write(folder.resolve("file.safetensors"), bytes.array());
  }

  /// The example of the format's description, in three types: 1.5 is 0x3FC0 in bfloat16, 0x3E00 in
  /// float16 and 0x3FC00000 in float32.
  @Test
  void typesAreReadByTheirBits() throws IOException {
    Path file =
        file(
            "{\"__metadata__\":{\"made\":\"by hand\"},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                + "\"h\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[2,4]},"
                + "\"f\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[4,8]},"
                + "\"n\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[8,16]}}  ",
            new byte[] {
              (byte) 0xC0, 0x3F, 0x00, 0x3E, 0x00, 0x00, (byte) 0xC0, 0x3F, 1, 0, 0, 0, 0, 0, 0, 0
            });
    Safetensors content = Safetensors.read(file);
    assertThat(content.metadata()).containsExactly(Map.entry("made", "by hand"));
    assertThat(content.tensors())
        .containsExactly(
            Map.entry("b", FloatArray.wrap(List.of(1), new float[] {1.5f})),
            Map.entry("h", FloatArray.wrap(List.of(), new float[] {1.5f})),
            Map.entry("f", FloatArray.wrap(List.of(1, 1), new float[] {1.5f})));
  }

  @Test
  void networksOfEveryArchitectureReturnFromTheirFiles() throws IOException {
    for (Network network : Networks.all()) {
      NetworkWeights weights = NetworkWeights.random(network, 1);
      Path file = folder.resolve("model.safetensors");
      ModelFiles.write(file, weights);
      NetworkWeights read = ModelFiles.read(file, null);
      assertThat(read.network()).isEqualTo(network);
      assertThat(read.arrays()).isEqualTo(weights.arrays());
      assertThat(read.sha256()).isEqualTo(weights.sha256());
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,8]}} | has 8 bytes, not 4
          {"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}} | has 8 bytes of tensors, but its header says 12
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | has 8 bytes of tensors, but its header says 4
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | overlap or leave a gap
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | overlap or leave a gap
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}} | not 4
          {"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}} | has shape [-1,-2]
          {"a":{"dtype":"F32","shape":[65536,65536],"data_offsets":[0,8]}} | too many values
          {"a":{"dtype":"F32","shape":[2.5],"data_offsets":[0,8]}} | has shape [2.5]
          {"a":{"dtype":"PICKLE","shape":[2],"data_offsets":[0,8]}} | unknown type 'PICKLE'
          {"a":{"dtype":"F32","shape":[2]}} | lacks dtype, shape or data_offsets
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,99999999999999999999]}} | lacks dtype, shape or data_offsets
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}} | is no JSON
          ["a"] | is no JSON object
          {"a": | is no JSON
          """)
  void damagedHeadersAreRefused(String header, String reason) throws IOException {
    Path file = file(header, new byte[8]);
    assertThatThrownBy(() -> Safetensors.read(file))
        .isInstanceOf(SafetensorsException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(reason);
  }

  @Test
  void headersLongerThanTheFileAreNotRead() throws IOException {
    byte[] json = "{}".getBytes(StandardCharsets.UTF_8);
    for (long length : new long[] {0, 3, 1L << 40, Long.MAX_VALUE, -1}) {
      Path file = raw(length, json);
      assertThatThrownBy(() -> Safetensors.read(file))
          .isInstanceOf(SafetensorsException.class)
          .hasMessageContaining(
              "claims a header of %s bytes in a file of 10"
                  .formatted(Long.toUnsignedString(length)));
    }
    Path empty = Files.write(folder.resolve("empty.safetensors"), new byte[3]);
    assertThatThrownBy(() -> Safetensors.read(empty)).hasMessageContaining("too few for a header");
  }

  @Test
  void architecturesInFilesAreChecked() throws IOException {
    Network network = Networks.all().getFirst();
    NetworkWeights weights = NetworkWeights.random(network, 1);
    for (String network2 :
        List.of(
            "{\"architecture\":{\"type\":\"resnet\"}}",
            "{\"architecture\":{\"type\":\"java.lang.Runtime\"}}",
            "null",
            "[1",
            Objects.requireNonNull(ModelFiles.metadata(network).get("topolip.network"))
                .replace("\"depth\":2", "\"depth\":1000000"))) {
      Path file = folder.resolve("bad.safetensors");
      new Safetensors(weights.arrays(), Map.of("topolip.network", network2)).write(file);
      assertThatThrownBy(() -> ModelFiles.read(file, null))
          .as(network2)
          .isInstanceOf(ModelException.class)
          .hasMessageStartingWith(file.toString());
      Files.delete(file);
    }
  }

  @Test
  void filesFromElsewhereAreReadByNames() throws IOException {
    Network network = Networks.all().getLast();
    NetworkWeights weights = NetworkWeights.random(network, 1);
    Path file = folder.resolve("elsewhere.safetensors");
    new Safetensors(weights.arrays(), Map.of("format", "pt")).write(file);
    assertThat(ModelFiles.read(file, network).arrays()).isEqualTo(weights.arrays());
    assertThatThrownBy(() -> ModelFiles.read(file, null))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("does not say its architecture");
    assertThatThrownBy(() -> ModelFiles.read(file, Networks.all().getFirst()))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("embed.weight [8, 3, 2, 2] is missing");
  }
}
