package topolip.torch;

import org.bytedeco.pytorch.Tensor;

/// Heap arrays to tensors and back.
final class TensorArrays {

  private TensorArrays() {}

  /// A tensor with a copy of the values; belongs to the innermost scope.
  static Tensor tensor(float[] values, long... shape) {
    return Tensor.create(values, shape);
  }

  /// A copy of the values of a float tensor, row-major.
  static float[] values(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    tensor.contiguous().data_ptr_float().get(values);
    return values;
  }
}
