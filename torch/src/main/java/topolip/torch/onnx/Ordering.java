package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.single;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Operators that compare or add up elements along one axis.
final class Ordering {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("ArgMax", single(call -> extreme(call, Tensor::argmax))),
          entry("ArgMin", single(call -> extreme(call, Tensor::argmin))),
          entry("CumSum", single(Ordering::cumulative)),
          entry("TopK", Ordering::largest));

  private Ordering() {}

  private interface Extreme {
    Tensor apply(Tensor x, LongOptional axis, boolean keep);
  }

  /// The place of the first extreme element, or of the last.
  private static Tensor extreme(Call call, Extreme extreme) {
    Tensor x = call.input(0);
    int axis = TensorValues.axis(call.node().integer("axis", 0), x.dim());
    boolean keep = call.node().flag("keepdims", true);
    if (!call.node().flag("select_last_index", false)) {
      return extreme.apply(x, new LongOptional(axis), keep);
    }
    Tensor back = extreme.apply(x.flip(axis), new LongOptional(axis), keep);
    return back.neg().add(new Scalar(x.size(axis) - 1));
  }

  private static Tensor cumulative(Call call) {
    Tensor x = call.input(0);
    int axis = TensorValues.axis(call.input(1).item_long(), x.dim());
    boolean reverse = call.node().flag("reverse", false);
    Tensor ordered = reverse ? x.flip(axis) : x;
    Tensor sums = ordered.cumsum(axis).to(TensorValues.type(x));
    if (call.node().flag("exclusive", false)) {
      sums = sums.sub(ordered);
    }
    return reverse ? sums.flip(axis) : sums;
  }

  /// Of equal elements, those that come first.
  private static List<Tensor> largest(Call call) {
    Tensor x = call.input(0);
    int axis = TensorValues.axis(call.node().integer("axis", -1), x.dim());
    long[] told = call.longs(1);
    long count = told == null ? call.node().integer("k", 1) : told[0];
    boolean largest = call.node().flag("largest", true);
    T_TensorTensor_T sorted = torch.sort(x, new BoolOptional(true), axis, largest);
    return List.of(sorted.get0().narrow(axis, 0, count), sorted.get1().narrow(axis, 0, count));
  }
}
