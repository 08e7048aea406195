package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.single;

import java.util.Arrays;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Images of other sizes, and elements at places between pixels.
///
/// Axes are resized one after the other: by places for the nearest neighbour, else by a product
/// with a matrix of weights.
final class Resizing {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Resize", single(Resizing::resize)),
          entry("Upsample", single(call -> resized(call, call.input(0), scales(call, 1)))),
          entry("GridSample", single(Resizing::gridSample)));

  private Resizing() {}

  /// Scales or sizes are given, by operator set 10 scales alone.
  private static Tensor resize(Call call) {
    Tensor x = call.input(0);
    double[] scales = scales(call, call.opset() < 11 ? 1 : 2);
    return resized(call, x, scales);
  }

  private static double @Nullable [] scales(Call call, int index) {
    if (call.has(index) && call.input(index).numel() > 0) {
      return TensorValues.doubles(call.input(index));
    }
    return call.node().reals("scales");
  }

  private static Tensor resized(Call call, Tensor x, double @Nullable [] scales) {
    Interpolation interpolation = Interpolation.of(call.node());
    int rank = Math.toIntExact(x.dim());
    long[] counting = new long[rank];
    Arrays.setAll(counting, i -> i);
    long[] axes = call.node().integers("axes", counting);
    Interpolation.Axis[] sides = sides(call, x, axes, scales);
    for (int i = 0; i < axes.length; i++) {
      boolean same = sides[i].from() == sides[i].to() && sides[i].scale() == 1;
      if (!same || call.has(1)) {
        x = along(call, interpolation, x, TensorValues.axis(axes[i], rank), sides[i]);
      }
    }
    return x;
  }

  private static Interpolation.Axis[] sides(
      Call call, Tensor x, long[] axes, double @Nullable [] scales) {
    boolean crops = call.opset() >= 11 && call.has(1) && call.input(1).numel() > 0;
    double[] crop = crops ? TensorValues.doubles(call.input(1)) : new double[0];
    long[] sizes = call.longs(3);
    double common = sizes == null ? 1 : common(call.node(), x, axes, sizes);
    Interpolation.Axis[] sides = new Interpolation.Axis[axes.length];
    for (int i = 0; i < axes.length; i++) {
      int from = Math.toIntExact(x.size(axes[i]));
      double scale;
      int to;
      if (scales != null) {
        scale = scales[i];
        to = (int) Math.floor(from * scale);
      } else if (sizes != null) {
        scale = common > 0 ? common : (double) sizes[i] / from;
        to = common > 0 ? (int) Math.floor(scale * from + 0.5) : Math.toIntExact(sizes[i]);
      } else {
        throw new IllegalArgumentException("neither scales nor sizes are given");
      }
      double start = crops ? crop[i] : 0;
      double end = crops ? crop[axes.length + i] : 1;
      sides[i] = new Interpolation.Axis(from, to, scale, start, end);
    }
    return sides;
  }

  /// The scale of all axes where the aspect ratio is kept; 0 where it is not.
  private static double common(OnnxNode node, Tensor x, long[] axes, long[] sizes) {
    double[] scales = new double[axes.length];
    Arrays.setAll(scales, i -> (double) sizes[i] / x.size(axes[i]));
    return switch (node.text("keep_aspect_ratio_policy", "stretch")) {
      case "stretch" -> 0;
      case "not_larger" -> Arrays.stream(scales).min().orElse(0);
      case "not_smaller" -> Arrays.stream(scales).max().orElse(0);
      default ->
          throw new IllegalArgumentException(
              "keep_aspect_ratio_policy " + node.text("keep_aspect_ratio_policy", ""));
    };
  }

  private static Tensor along(
      Call call, Interpolation interpolation, Tensor x, int axis, Interpolation.Axis side) {
    Tensor result;
    if (interpolation.mode().equals("nearest")) {
      result = x.index_select(axis, TensorValues.ofLongs(interpolation.nearest(side)));
    } else {
      Tensor weights =
          TensorValues.ofDoubles(interpolation.weights(side), side.to(), side.from())
              .to(TensorValues.type(x));
      result = x.movedim(axis, -1).matmul(weights.t()).movedim(-1, axis);
    }
    boolean[] outside = interpolation.outside(side);
    long[] places = new long[outside.length];
    Arrays.setAll(places, i -> outside[i] ? 1 : 0);
    if (Arrays.stream(places).sum() == 0) {
      return result;
    }
    long[] shape = new long[Math.toIntExact(x.dim())];
    Arrays.fill(shape, 1);
    shape[axis] = places.length;
    Tensor mask = TensorValues.ofLongs(places).reshape(shape).to(ScalarType.Bool);
    return result.masked_fill(mask, new Scalar(call.node().real("extrapolation_value", 0)));
  }

  private static Tensor gridSample(Call call) {
    long mode =
        switch (call.node().text("mode", "linear")) {
          case "bilinear", "linear" -> 0;
          case "nearest" -> 1;
          case "bicubic", "cubic" -> 2;
          default -> throw new IllegalArgumentException("mode " + call.node().text("mode", ""));
        };
    long padding =
        switch (call.node().text("padding_mode", "zeros")) {
          case "zeros" -> 0;
          case "border" -> 1;
          case "reflection" -> 2;
          default ->
              throw new IllegalArgumentException(
                  "padding_mode " + call.node().text("padding_mode", ""));
        };
    return torch.grid_sampler(
        call.input(0), call.input(1), mode, padding, call.node().flag("align_corners", false));
  }
}
