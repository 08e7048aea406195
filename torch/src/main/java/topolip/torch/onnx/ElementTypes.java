package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// ONNX's types of tensor elements as libtorch's.
final class ElementTypes {

  private ElementTypes() {}

  /// The type that holds them as they are; null if there is none that libtorch computes with.
  static @Nullable ScalarType stored(int type) {
    return switch (type) {
      case DataType.FLOAT_VALUE -> ScalarType.Float;
      case DataType.DOUBLE_VALUE -> ScalarType.Double;
      case DataType.FLOAT16_VALUE -> ScalarType.Half;
      case DataType.INT8_VALUE -> ScalarType.Char;
      case DataType.UINT8_VALUE -> ScalarType.Byte;
      case DataType.INT16_VALUE -> ScalarType.Short;
      case DataType.INT32_VALUE -> ScalarType.Int;
      case DataType.INT64_VALUE -> ScalarType.Long;
      case DataType.BOOL_VALUE -> ScalarType.Bool;
      default -> null;
    };
  }

  /// The type in which they are computed: float32 in the precision asked for, others as they are.
  static @Nullable ScalarType computed(int type, Precision precision) {
    return type == DataType.FLOAT_VALUE ? precision.type() : stored(type);
  }

  static boolean supported(int type) {
    return stored(type) != null;
  }

  /// Such as `float16`.
  static String name(int type) {
    DataType known = DataType.forNumber(type);
    return known == null ? "type " + type : known.name().toLowerCase(Locale.ROOT);
  }
}
