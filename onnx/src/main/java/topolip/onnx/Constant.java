package topolip.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/// A tensor that does not depend on the image, row-major.
final class Constant {
  private final long[] shape;
  private final double[] values;

  private Constant(long[] shape, double[] values) {
    this.shape = shape;
    this.values = values;
  }

  /// The tensor of numbers that ONNX Runtime has; null if it has something else.
  static @Nullable Constant of(OnnxValue value) throws OrtException {
    if (!(value instanceof OnnxTensor tensor)) {
      return null;
    }
    double[] values =
        switch (tensor.getInfo().type) {
          case FLOAT, FLOAT16 -> floats(tensor.getFloatBuffer());
          case DOUBLE -> tensor.getDoubleBuffer().array();
          case INT64 -> longs(tensor.getLongBuffer());
          case INT32 -> integers(tensor.getIntBuffer());
          default -> null;
        };
    return values == null ? null : new Constant(tensor.getInfo().getShape(), values);
  }

  private static double[] floats(FloatBuffer buffer) {
    double[] values = new double[buffer.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.get(i);
    }
    return values;
  }

  private static double[] longs(LongBuffer buffer) {
    double[] values = new double[buffer.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.get(i);
    }
    return values;
  }

  private static double[] integers(IntBuffer buffer) {
    double[] values = new double[buffer.remaining()];
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.get(i);
    }
    return values;
  }

  long[] shape() {
    return shape;
  }

  int rank() {
    return shape.length;
  }

  /// All values, shared.
  double[] values() {
    return values;
  }

  boolean isScalar() {
    return values.length == 1;
  }

  double scalar() {
    return values[0];
  }

  double largest() {
    double largest = 0;
    for (double v : values) {
      largest = Math.max(largest, Math.abs(v));
    }
    return largest;
  }

  double least() {
    double least = Double.POSITIVE_INFINITY;
    for (double v : values) {
      least = Math.min(least, Math.abs(v));
    }
    return least;
  }

  /// The largest Euclidean norm of a row, once the last axis is repeated to this length.
  double longestRow(int width) {
    int own = shape.length == 0 ? 1 : Math.toIntExact(shape[shape.length - 1]);
    double longest = 0;
    for (int from = 0; from < values.length; from += own) {
      double squares = 0;
      for (int i = from; i < from + own; i++) {
        squares += values[i] * values[i];
      }
      longest = Math.max(longest, Math.sqrt(squares * width / own));
    }
    return longest;
  }
}
