package topolip.torch.onnx;

import static java.util.Map.entry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// One value of all elements along some axes.
final class Reductions {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("ReduceSum", reducing(Reductions::sum)),
          entry("ReduceMean", reducing(Reductions::mean)),
          entry("ReduceMax", reducing(Tensor::amax)),
          entry("ReduceMin", reducing(Tensor::amin)),
          entry("ReduceProd", reducing(Reductions::product)),
          entry("ReduceL1", reducing((x, axes, keep) -> sum(x.abs(), axes, keep))),
          entry("ReduceL2", reducing(Reductions::euclidean)),
          entry("ReduceLogSum", reducing((x, axes, keep) -> sum(x, axes, keep).log())),
          entry("ReduceLogSumExp", reducing(Tensor::logsumexp)),
          entry("ReduceSumSquare", reducing((x, axes, keep) -> sum(x.mul(x), axes, keep))));

  private Reductions() {}

  private interface Reduction {

    /// @param axes at least one
    /// @param keep whether they stay, with side 1
    Tensor apply(Tensor x, long[] axes, boolean keep);
  }

  /// Axes are an input since operator set 18, of the sum since 13. None are all, unless
  /// `noop_with_empty_axes`.
  private static Operator reducing(Reduction reduction) {
    return call -> {
      Tensor x = call.input(0).contiguous();
      long[] axes = call.longs(1, "axes", new long[0]);
      if (axes.length == 0) {
        if (call.node().flag("noop_with_empty_axes", false)) {
          return List.of(x);
        }
        axes = new long[Math.toIntExact(x.dim())];
        Arrays.setAll(axes, i -> i);
      }
      boolean keep = call.node().flag("keepdims", true);
      return List.of(
          x.dim() == 0
              ? reduction.apply(x.reshape(1), new long[1], false)
              : reduction.apply(x, axes, keep));
    };
  }

  /// Of values row-major: libtorch rounds the last channels of channels-last images in another way.
  static Tensor sum(Tensor x, long[] axes, boolean keep) {
    return x.contiguous().sum(axes, keep, new ScalarTypeOptional(TensorValues.type(x)));
  }

  /// Row-major as the sum.
  static Tensor mean(Tensor x, long[] axes, boolean keep) {
    return x.contiguous().mean(axes, keep, new ScalarTypeOptional());
  }

  private static Tensor product(Tensor x, long[] axes, boolean keep) {
    int[] places =
        Arrays.stream(axes).mapToInt(axis -> TensorValues.axis(axis, x.dim())).sorted().toArray();
    Tensor product = x;
    for (int i = places.length - 1; i >= 0; i--) {
      product = product.prod(places[i], keep, new ScalarTypeOptional(TensorValues.type(x)));
    }
    return product;
  }

  /// Its derivative at 0 is 0.
  private static Tensor euclidean(Tensor x, long[] axes, boolean keep) {
    return torch.norm(x, new ScalarOptional(new Scalar(2.0)), axes, keep);
  }
}
