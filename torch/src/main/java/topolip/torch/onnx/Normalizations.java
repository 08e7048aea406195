package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.single;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/// Values brought to a common centre and spread.
final class Normalizations {
  private static final double MEAN_VARIANCE_EPS = 1e-9;

  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("BatchNormalization", single(Normalizations::batch)),
          entry("InstanceNormalization", single(Normalizations::instance)),
          entry("LayerNormalization", Normalizations::layer),
          entry("RMSNormalization", single(Normalizations::rootMeanSquare)),
          entry("GroupNormalization", single(Normalizations::group)),
          entry("LRN", single(Normalizations::localResponse)),
          entry("LpNormalization", single(Normalizations::norm)),
          entry("MeanVarianceNormalization", single(Normalizations::meanVariance)));

  private Normalizations() {}

  /// By the stored mean and variance: evaluation mode.
  private static Tensor batch(Call call) {
    return torch.batch_norm(
        call.input(0),
        call.maybe(1),
        call.maybe(2),
        call.maybe(3),
        call.maybe(4),
        false,
        0,
        call.node().real("epsilon", 1e-5),
        false);
  }

  private static Tensor instance(Call call) {
    return torch.instance_norm(
        call.input(0),
        call.maybe(1),
        call.maybe(2),
        new TensorOptional(),
        new TensorOptional(),
        true,
        0,
        call.node().real("epsilon", 1e-5),
        false);
  }

  /// With mean and inverse standard deviation as further outputs.
  private static List<Tensor> layer(Call call) {
    Tensor x = call.input(0);
    long[] shape = normalisedShape(call);
    TensorOptional scale = new TensorOptional(call.input(1).expand(shape));
    TensorOptional bias =
        call.has(2) ? new TensorOptional(call.input(2).expand(shape)) : new TensorOptional();
    double eps = call.node().real("epsilon", 1e-5);
    if (!call.node().hasOutput(1) && !call.node().hasOutput(2)) {
      return List.of(torch.layer_norm(x, shape, scale, bias, eps, false));
    }
    T_TensorTensorTensor_T all = torch.native_layer_norm(x, shape, scale, bias, eps);
    // Copies of the handles: the tuple's own go with it.
    return List.of(new Tensor(all.get0()), new Tensor(all.get1()), new Tensor(all.get2()));
  }

  private static long[] normalisedShape(Call call) {
    long[] shape = TensorValues.shape(call.input(0));
    int axis = TensorValues.axis(call.node().integer("axis", -1), shape.length);
    return Arrays.copyOfRange(shape, axis, shape.length);
  }

  private static Tensor rootMeanSquare(Call call) {
    Tensor x = call.input(0);
    long[] shape = normalisedShape(call);
    long[] axes = new long[shape.length];
    Arrays.setAll(axes, i -> i - axes.length);
    Tensor square = Reductions.mean(x.mul(x), axes, true);
    Tensor root = square.add(new Scalar(call.node().real("epsilon", 1e-5))).rsqrt();
    return x.mul(root).mul(call.input(1));
  }

  /// Scale and bias are one a group before operator set 21, one a channel since.
  private static Tensor group(Call call) {
    Tensor x = call.input(0);
    long groups = call.node().integer("num_groups", 1);
    return torch.group_norm(
        x,
        groups,
        new TensorOptional(perChannel(call.input(1), x.size(1))),
        new TensorOptional(perChannel(call.input(2), x.size(1))),
        call.node().real("epsilon", 1e-5),
        false);
  }

  private static Tensor perChannel(Tensor values, long channels) {
    return values.size(0) == channels
        ? values
        : torch.repeat_interleave(
            values, channels / values.size(0), new LongOptional(0), new LongOptional());
  }

  /// x / (bias + α/size · Σ x²)^β, the sum over neighbouring channels.
  private static Tensor localResponse(Call call) {
    Tensor x = call.input(0);
    long size = call.node().integer("size", 1);
    double alpha = call.node().real("alpha", 1e-4);
    int rank = Math.toIntExact(x.dim());
    long[] before = new long[rank];
    long[] after = new long[rank];
    before[1] = (size - 1) / 2;
    after[1] = size - 1 - before[1];
    Tensor squares = Padding.constant(x.mul(x), before, after, new Scalar(0.0));
    Tensor sums = Reductions.sum(squares.unfold(1, size, 1), new long[] {-1}, false);
    Tensor base = sums.mul(new Scalar(alpha / size)).add(new Scalar(call.node().real("bias", 1)));
    return x.div(base.pow(new Scalar(call.node().real("beta", 0.75))));
  }

  private static Tensor norm(Call call) {
    Tensor x = call.input(0);
    long[] axis = {call.node().integer("axis", -1)};
    Scalar order = new Scalar((double) call.node().integer("p", 2));
    return x.div(torch.norm(x, new ScalarOptional(order), axis, true));
  }

  private static Tensor meanVariance(Call call) {
    Tensor x = call.input(0);
    long[] axes = call.node().integers("axes", new long[] {0, 2, 3});
    Tensor centred = x.sub(Reductions.mean(x, axes, true));
    Tensor spread = Reductions.mean(centred.mul(centred), axes, true).sqrt();
    return centred.div(spread.add(new Scalar(MEAN_VARIANCE_EPS)));
  }
}
