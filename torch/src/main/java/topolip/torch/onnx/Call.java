package topolip.torch.onnx;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// A node and the tensors that are its inputs.
///
/// @param inputs in their order; null where an optional one is left out
/// @param spare the places of those that nothing reads after this node
/// @param data reads tensors that are attributes
record Call(
    OnnxNode node,
    List<@Nullable Tensor> inputs,
    Set<Integer> spare,
    Precision precision,
    TensorData data) {

  boolean has(int index) {
    return index < inputs.size() && inputs.get(index) != null;
  }

  /// Whether an input may be overwritten: nothing reads it after this node, no other tensor has its
  /// memory, and nothing is differentiated.
  boolean isSpare(int index) {
    if (!spare.contains(index) || GradMode.is_enabled()) {
      return false;
    }
    Tensor tensor = input(index);
    return tensor.use_count() == 1
        && tensor.storage().use_count() == 1
        && tensor.is_non_overlapping_and_dense();
  }

  /// @throws IllegalArgumentException if it is not given
  Tensor input(int index) {
    Tensor tensor = optional(index);
    if (tensor == null) {
      throw new IllegalArgumentException("input %d is missing".formatted(index));
    }
    return tensor;
  }

  @Nullable Tensor optional(int index) {
    return index < inputs.size() ? inputs.get(index) : null;
  }

  TensorOptional maybe(int index) {
    Tensor tensor = optional(index);
    return tensor == null ? new TensorOptional() : new TensorOptional(tensor);
  }

  /// All inputs, none left out.
  List<Tensor> all() {
    return IntStream.range(0, inputs.size()).mapToObj(this::input).toList();
  }

  /// The integers of an input; null if it is not given.
  long @Nullable [] longs(int index) {
    Tensor tensor = optional(index);
    return tensor == null ? null : TensorValues.longs(tensor);
  }

  /// The integers of an input of newer operator sets that was an attribute in older ones; null if
  /// neither is given.
  long @Nullable [] longs(int index, String attribute) {
    return has(index) ? longs(index) : node.integers(attribute);
  }

  long[] longs(int index, String attribute, long[] otherwise) {
    return Optional.ofNullable(longs(index, attribute)).orElse(otherwise);
  }

  long opset() {
    return node.opset();
  }

  /// The type in which elements of an ONNX type are computed.
  ///
  /// @throws IllegalArgumentException if it is not supported
  ScalarType type(long onnx) {
    ScalarType type = ElementTypes.computed(Math.toIntExact(onnx), precision);
    if (type == null) {
      throw new IllegalArgumentException(
          "%s is not supported".formatted(ElementTypes.name((int) onnx)));
    }
    return type;
  }
}
