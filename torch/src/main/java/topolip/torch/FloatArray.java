package topolip.torch;

import java.util.Arrays;
import java.util.List;

/// The values of a tensor on the heap, row-major. The array is shared, not copied.
final class FloatArray {
  private final List<Integer> shape;
  private final float[] values;

  private FloatArray(List<Integer> shape, float[] values) {
    this.shape = List.copyOf(shape);
    this.values = values;
  }

  /// @throws IllegalArgumentException if there are not as many values as the shape says
  static FloatArray wrap(List<Integer> shape, float[] values) {
    long expected = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (expected != values.length) {
      throw new IllegalArgumentException(
          "%d values for a tensor of shape %s".formatted(values.length, shape));
    }
    return new FloatArray(shape, values);
  }

  List<Integer> shape() {
    return shape;
  }

  float[] values() {
    return values;
  }

  long[] sides() {
    return shape.stream().mapToLong(Integer::longValue).toArray();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FloatArray array
        && array.shape.equals(shape)
        && Arrays.equals(array.values, values);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "float32 " + shape;
  }
}
