package topolip.torch.onnx;

import static topolip.torch.onnx.Operator.single;

import java.util.Arrays;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Elements around a tensor, or fewer of them where a pad is negative.
final class Padding {
  static final Map<String, Operator> OPERATORS = Map.of("Pad", single(Padding::pad));

  private Padding() {}

  /// Pads and value are inputs since operator set 11, axes since 18.
  private static Tensor pad(Call call) {
    Tensor x = call.input(0);
    int rank = Math.toIntExact(x.dim());
    long[] told = call.longs(1, "pads", new long[0]);
    long[] counting = new long[rank];
    Arrays.setAll(counting, i -> i);
    long[] axes = call.longs(3, "axes", counting);
    long[] before = new long[rank];
    long[] after = new long[rank];
    for (int i = 0; i < axes.length; i++) {
      int axis = TensorValues.axis(axes[i], rank);
      before[axis] = told[i];
      after[axis] = told[axes.length + i];
    }
    String mode = call.node().text("mode", "constant");
    return mode.equals("constant")
        ? constant(x, before, after, value(call))
        : indexed(x, before, after, mode);
  }

  private static Scalar value(Call call) {
    return call.has(2)
        ? new Scalar(call.input(2).item_double())
        : new Scalar(call.node().real("value", 0));
  }

  /// With the same value all around.
  ///
  /// @param before how many elements stand before the first of each axis
  static Tensor constant(Tensor x, long[] before, long[] after, Scalar value) {
    long[] lastFirst = new long[2 * before.length];
    for (int axis = 0; axis < before.length; axis++) {
      lastFirst[2 * (before.length - 1 - axis)] = before[axis];
      lastFirst[2 * (before.length - 1 - axis) + 1] = after[axis];
    }
    return torch.constant_pad_nd(x, lastFirst, value);
  }

  /// With elements of the tensor itself.
  private static Tensor indexed(Tensor x, long[] before, long[] after, String mode) {
    for (int axis = 0; axis < before.length; axis++) {
      if (before[axis] != 0 || after[axis] != 0) {
        long first = -before[axis];
        LongUnaryOperator source = source(mode, x.size(axis));
        long[] places = new long[Math.toIntExact(before[axis] + x.size(axis) + after[axis])];
        Arrays.setAll(places, i -> source.applyAsLong(first + i));
        x = x.index_select(axis, TensorValues.ofLongs(places));
      }
    }
    return x;
  }

  /// Of a place that may lie outside, the place whose element stands there.
  private static LongUnaryOperator source(String mode, long side) {
    return switch (mode) {
      case "edge" -> place -> Math.clamp(place, 0, side - 1);
      case "wrap" -> place -> Math.floorMod(place, side);
      case "reflect" ->
          place -> {
            long period = Math.max(1, 2 * (side - 1));
            long folded = Math.floorMod(place, period);
            return Math.min(folded, period - folded) % side;
          };
      default -> throw new IllegalArgumentException("mode " + mode);
    };
  }
}
