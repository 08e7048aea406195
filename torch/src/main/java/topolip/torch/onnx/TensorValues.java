package topolip.torch.onnx;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Values on the heap as tensors, and back. Tensors belong to the innermost scope.
final class TensorValues {

  private TensorValues() {}

  /// A tensor of these bytes, in the machine's order.
  static Tensor ofBytes(ByteBuffer bytes, long[] shape, ScalarType type) {
    Tensor tensor = torch.empty(shape, new TensorOptions(type), new MemoryFormatOptional());
    long size = Math.multiplyExact(tensor.numel(), tensor.element_size());
    if (size != bytes.remaining()) {
      throw new IllegalArgumentException(
          "%d bytes for a tensor of %d".formatted(bytes.remaining(), size));
    }
    if (size > 0) {
      new BytePointer(tensor.data_ptr()).capacity(size).asByteBuffer().put(bytes);
    }
    return tensor;
  }

  /// A vector.
  static Tensor ofLongs(long... values) {
    return Tensor.create(values, values.length);
  }

  static Tensor ofFloats(float[] values, long... shape) {
    return Tensor.create(values, shape);
  }

  static Tensor ofDoubles(double[] values, long... shape) {
    return Tensor.create(values, shape);
  }

  static Tensor scalar(long value) {
    return torch.scalar_tensor(new Scalar(value), new TensorOptions(ScalarType.Long));
  }

  static Tensor scalar(double value, ScalarType type) {
    return torch.scalar_tensor(new Scalar(value), new TensorOptions(type));
  }

  static Tensor filled(long[] shape, double value, ScalarType type) {
    return torch.full(shape, new Scalar(value), new TensorOptions(type));
  }

  /// 0, 1, …, count − 1.
  static Tensor counting(long count) {
    return torch.arange(new Scalar(count), new TensorOptions(ScalarType.Long));
  }

  /// The values of a tensor of integers or truth values, row-major.
  static long[] longs(Tensor tensor) {
    long[] values = new long[Math.toIntExact(tensor.numel())];
    if (values.length > 0) {
      tensor.to(ScalarType.Long).contiguous().data_ptr_long().get(values);
    }
    return values;
  }

  /// Copies the values, row-major, to their place among others, as many as there is room for.
  static void copy(Tensor tensor, float[] target, int start) {
    int count = Math.toIntExact(Math.min(tensor.numel(), target.length - start));
    if (count > 0) {
      tensor.to(ScalarType.Float).contiguous().data_ptr_float().get(target, start, count);
    }
  }

  static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.numel())];
    if (values.length > 0) {
      tensor.to(ScalarType.Double).contiguous().data_ptr_double().get(values);
    }
    return values;
  }

  static long[] shape(Tensor tensor) {
    long[] shape = new long[Math.toIntExact(tensor.dim())];
    for (int axis = 0; axis < shape.length; axis++) {
      shape[axis] = tensor.size(axis);
    }
    return shape;
  }

  static ScalarType type(Tensor tensor) {
    return tensor.scalar_type().intern();
  }

  static boolean isFloating(Tensor tensor) {
    return switch (type(tensor)) {
      case Float, Double, Half -> true;
      default -> false;
    };
  }

  /// Whether what is computed of both, sides of 1 repeated, has the shape and the type of the
  /// larger.
  static boolean isRepeatedAlong(Tensor small, Tensor large) {
    long[] inner = shape(small);
    long[] outer = shape(large);
    int added = outer.length - inner.length;
    boolean along = added >= 0 && type(small) == type(large);
    for (int axis = 0; along && axis < inner.length; axis++) {
      along = inner[axis] == 1 || inner[axis] == outer[axis + added];
    }
    return along;
  }

  /// Whether what is computed of both has the shape, the type and the order in memory of the large.
  static boolean isOrderedAs(Tensor large, Tensor small) {
    long sides = Arrays.stream(shape(small)).filter(side -> side > 1).count();
    return isRepeatedAlong(small, large)
        && ((sides <= 1 && small.numel() < large.numel())
            || Arrays.equals(small.strides().vec().get(), large.strides().vec().get()));
  }

  /// An axis counted from the front.
  ///
  /// @throws IllegalArgumentException if the tensor has no such axis
  static int axis(long axis, long rank) {
    if (axis < -rank || axis >= Math.max(rank, 1)) {
      throw new IllegalArgumentException("axis %d of a tensor of rank %d".formatted(axis, rank));
    }
    return Math.toIntExact(axis < 0 ? axis + rank : axis);
  }
}
