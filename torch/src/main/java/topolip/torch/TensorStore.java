package topolip.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Named tensors in native memory, held until this is closed.
final class TensorStore implements AutoCloseable {
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /// With copies of the arrays.
  static TensorStore of(Map<String, FloatArray> arrays) {
    TensorStore store = new TensorStore();
    try (PointerScope _ = new PointerScope()) {
      arrays.forEach(
          (name, array) -> store.put(name, TensorArrays.tensor(array.values(), array.sides())));
    }
    return store;
  }

  /// Keeps a tensor beyond the scope that it was made in.
  void put(String name, Tensor tensor) {
    tensors.put(name, tensor.retainReference());
  }

  Tensor get(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  Map<String, FloatArray> arrays() {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    try (PointerScope _ = new PointerScope()) {
      tensors.forEach((name, tensor) -> {
        java.util.List<Integer> shape = new java.util.ArrayList<>();
        for (long d = 0; d < tensor.dim(); d++) {
          shape.add(Math.toIntExact(tensor.size(d)));
        }
        arrays.put(name, FloatArray.wrap(shape, TensorArrays.values(tensor)));
      });
    }
    return arrays;
  }

  @Override
  public void close() {
    tensors.values().forEach(Tensor::close);
    tensors.clear();
  }
}
