package topolip.torch;

import java.util.Arrays;
import java.util.List;

/// One tensor of a network's weights.
///
/// @param trained whether it is a parameter; if not, it is a statistic of batch normalisation
record TensorSpec(String name, List<Integer> shape, Initial initial, boolean trained) {

  static TensorSpec of(String name, Initial initial, boolean trained, int... shape) {
    return new TensorSpec(name, Arrays.stream(shape).boxed().toList(), initial, trained);
  }

  int[] sides() {
    return shape.stream().mapToInt(Integer::intValue).toArray();
  }

  long values() {
    return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
  }
}
