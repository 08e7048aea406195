package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.single;

import java.util.Arrays;
import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// One value of each window, or of each channel.
final class Pooling {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("MaxPool", single(Pooling::largest)),
          entry("AveragePool", single(Pooling::average)),
          entry("LpPool", single(Pooling::norm)),
          entry("GlobalMaxPool", single(call -> call.input(0).amax(space(call), true))),
          entry(
              "GlobalAveragePool",
              single(call -> Reductions.mean(call.input(0), space(call), true))),
          entry("GlobalLpPool", single(Pooling::globalNorm)));

  private Pooling() {}

  /// The axes behind batch and channels.
  private static long[] space(Call call) {
    long[] axes = new long[Math.toIntExact(call.input(0).dim()) - 2];
    Arrays.setAll(axes, i -> i + 2);
    return axes;
  }

  private static Tensor largest(Call call) {
    Tensor given = call.input(0);
    boolean floating = TensorValues.isFloating(given);
    // libtorch pools no integers of 8 bits, which a float32 holds exactly.
    Tensor image = floating ? given : given.to(ScalarType.Float);
    Window window = Window.of(call.node(), image, new long[0]);
    if (!window.suitsPooling()) {
      image = window.padded(image, Double.NEGATIVE_INFINITY);
      window = window.unpadded();
    }
    Tensor pooled =
        switch (window.rank()) {
          case 1 ->
              torch.max_pool1d(
                  image,
                  window.kernel(),
                  window.strides(),
                  window.before(),
                  window.dilations(),
                  window.ceil());
          case 2 ->
              torch.max_pool2d(
                  image,
                  window.kernel(),
                  window.strides(),
                  window.before(),
                  window.dilations(),
                  window.ceil());
          default ->
              torch.max_pool3d(
                  image,
                  window.kernel(),
                  window.strides(),
                  window.before(),
                  window.dilations(),
                  window.ceil());
        };
    return floating ? pooled : pooled.to(TensorValues.type(given));
  }

  private static Tensor average(Call call) {
    Tensor image = call.input(0);
    Window window = Window.of(call.node(), image, new long[0]);
    boolean countPads = call.node().flag("count_include_pad", false);
    if (window.rank() == 2 && window.suitsPooling() && !window.dilated()) {
      return torch.avg_pool2d(
          image,
          window.kernel(),
          window.strides(),
          window.before(),
          window.ceil(),
          countPads,
          new LongOptional());
    }
    Tensor ones = torch.ones_like(image.narrow(0, 0, 1).narrow(1, 0, 1));
    Tensor counted =
        countPads
            ? sums(window.padded(ones, 1), ones, window)
            : sums(padded(ones, window), ones, window);
    return sums(padded(image, window), image, window).div(counted);
  }

  private static Tensor padded(Tensor image, Window window) {
    return window.padded(image, 0);
  }

  /// The sum over each window of an image that has its pads.
  private static Tensor sums(Tensor padded, Tensor image, Window window) {
    long[] none = new long[window.rank() + 2];
    long[] after = none.clone();
    System.arraycopy(window.overhang(padded, image), 0, after, 2, window.rank());
    Tensor whole = Padding.constant(padded, none, after, new Scalar(0.0));
    long[] shape = Window.ones(window.rank() + 2);
    System.arraycopy(window.kernel(), 0, shape, 2, window.rank());
    long batch = image.size(0);
    long channels = image.size(1);
    long[] single = TensorValues.shape(whole);
    single[0] = batch * channels;
    single[1] = 1;
    Tensor sums =
        torch.convolution(
            whole.reshape(single),
            TensorValues.filled(shape, 1, TensorValues.type(image)),
            new TensorOptional(),
            window.strides(),
            new long[window.rank()],
            window.dilations(),
            false,
            new long[window.rank()],
            1);
    long[] result = TensorValues.shape(sums);
    result[0] = batch;
    result[1] = channels;
    return sums.reshape(result);
  }

  private static Tensor norm(Call call) {
    Tensor image = call.input(0);
    double order = call.node().integer("p", 2);
    Window window = Window.of(call.node(), image, new long[0]);
    Tensor powers = image.abs().pow(new Scalar(order));
    return sums(padded(powers, window), image, window).pow(new Scalar(1 / order));
  }

  private static Tensor globalNorm(Call call) {
    double order = call.node().integer("p", 2);
    Tensor powers = call.input(0).abs().pow(new Scalar(order));
    return Reductions.sum(powers, space(call), true).pow(new Scalar(1 / order));
  }
}
