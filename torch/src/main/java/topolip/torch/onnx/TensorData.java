package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import topolip.model.ModelException;
import topolip.model.WeightFiles;

/// Reads the values of tensors out of a file, and out of files of weights beside it.
///
/// @param file of the model
record TensorData(Path file) {

  /// The tensor, float32 in the precision asked for; it belongs to the innermost scope.
  ///
  /// @throws ModelException if its type is not supported, or it has not as many values as its shape
  ///   says
  Tensor read(TensorProto proto, Precision precision) throws IOException {
    ScalarType stored = ElementTypes.stored(proto.getDataType());
    if (stored == null) {
      throw new ModelException(
          file,
          "tensor %s is of %s".formatted(proto.getName(), ElementTypes.name(proto.getDataType())));
    }
    long[] shape = proto.getDimsList().stream().mapToLong(Long::longValue).toArray();
    try {
      Tensor tensor = TensorValues.ofBytes(bytes(proto), shape, stored);
      return stored == ScalarType.Float ? tensor.to(precision.type()) : tensor;
    } catch (IllegalArgumentException e) {
      throw new ModelException(
          file, "tensor %s has %s".formatted(proto.getName(), e.getMessage()), e);
    }
  }

  private ByteBuffer bytes(TensorProto proto) throws IOException {
    if (proto.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
      return external(proto);
    }
    if (proto.hasRawData()) {
      return proto.getRawData().asReadOnlyByteBuffer();
    }
    return typed(proto);
  }

  /// The values that lie in the field of their type: integers below 64 bits, truth values and the
  /// bits of half floats share one.
  private static ByteBuffer typed(TensorProto proto) {
    int count =
        Math.max(
            Math.max(proto.getFloatDataCount(), proto.getDoubleDataCount()),
            Math.max(proto.getInt32DataCount(), proto.getInt64DataCount()));
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Long.BYTES, count)).order(ByteOrder.LITTLE_ENDIAN);
    switch (proto.getDataType()) {
      case DataType.FLOAT_VALUE -> proto.getFloatDataList().forEach(bytes::putFloat);
      case DataType.DOUBLE_VALUE -> proto.getDoubleDataList().forEach(bytes::putDouble);
      case DataType.INT64_VALUE -> proto.getInt64DataList().forEach(bytes::putLong);
      case DataType.INT32_VALUE -> proto.getInt32DataList().forEach(bytes::putInt);
      case DataType.INT16_VALUE, DataType.FLOAT16_VALUE ->
          proto.getInt32DataList().forEach(value -> bytes.putShort(value.shortValue()));
      default -> proto.getInt32DataList().forEach(value -> bytes.put(value.byteValue()));
    }
    return bytes.flip();
  }

  private ByteBuffer external(TensorProto proto) throws IOException {
    Map<String, String> entries = new HashMap<>();
    for (StringStringEntryProto entry : proto.getExternalDataList()) {
      entries.put(entry.getKey(), entry.getValue());
    }
    Path data = WeightFiles.beside(file, entries.getOrDefault("location", ""));
    try (FileChannel channel = FileChannel.open(data)) {
      long offset = Long.parseLong(entries.getOrDefault("offset", "0"));
      String rest = Long.toString(channel.size() - offset);
      int length = Math.toIntExact(Long.parseLong(entries.getOrDefault("length", rest)));
      if (offset < 0 || length < 0 || offset + length > channel.size()) {
        throw new ModelException(
            file,
            "wants %d bytes from %d on of %s, which has %d"
                .formatted(length, offset, data.getFileName(), channel.size()));
      }
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {}
      return bytes.flip();
    } catch (NumberFormatException e) {
      throw new ModelException(file, "has a damaged reference to " + data.getFileName(), e);
    }
  }
}
