package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.single;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/// Operators that arrange elements anew, and those that tell how they are arranged.
final class Shapes {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Shape", single(Shapes::shape)),
          entry("Size", single(call -> TensorValues.scalar(call.input(0).numel()))),
          entry("Reshape", single(Shapes::reshape)),
          entry("Flatten", single(Shapes::flatten)),
          entry("Squeeze", single(Shapes::squeeze)),
          entry("Unsqueeze", single(Shapes::unsqueeze)),
          entry("Transpose", single(Shapes::transpose)),
          entry("Concat", single(Shapes::concat)),
          entry("Split", Shapes::split),
          entry("Slice", single(Shapes::slice)),
          entry("Expand", single(Shapes::expand)),
          entry("Tile", single(Shapes::tile)),
          entry("DepthToSpace", single(Shapes::depthToSpace)),
          entry("SpaceToDepth", single(Shapes::spaceToDepth)));

  private Shapes() {}

  private static Tensor shape(Call call) {
    long[] shape = TensorValues.shape(call.input(0));
    int from = within(call.node().integer("start", 0), shape.length);
    int to = within(call.node().integer("end", shape.length), shape.length);
    return TensorValues.ofLongs(Arrays.copyOfRange(shape, from, Math.max(from, to)));
  }

  /// A place counted from the end if negative, moved to the nearest that there is.
  private static int within(long place, int length) {
    return Math.toIntExact(Math.clamp(place < 0 ? place + length : place, 0, length));
  }

  private static Tensor reshape(Call call) {
    Tensor x = call.input(0);
    long[] shape = call.longs(1, "shape", new long[0]);
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] == 0 && !call.node().flag("allowzero", false)) {
        shape[axis] = x.size(axis);
      }
    }
    return x.reshape(shape);
  }

  private static Tensor flatten(Call call) {
    long[] shape = TensorValues.shape(call.input(0));
    int axis = within(call.node().integer("axis", 1), shape.length);
    long rows = Arrays.stream(shape, 0, axis).reduce(1, Math::multiplyExact);
    long columns = Arrays.stream(shape, axis, shape.length).reduce(1, Math::multiplyExact);
    return call.input(0).reshape(rows, columns);
  }

  private static Tensor squeeze(Call call) {
    long[] axes = call.longs(1, "axes");
    return axes == null ? call.input(0).squeeze() : call.input(0).squeeze(axes);
  }

  private static Tensor unsqueeze(Call call) {
    Tensor x = call.input(0);
    long[] axes = call.longs(1, "axes", new long[0]);
    long rank = x.dim() + axes.length;
    int[] places = Arrays.stream(axes).mapToInt(axis -> TensorValues.axis(axis, rank)).toArray();
    Arrays.sort(places);
    for (int place : places) {
      x = x.unsqueeze(place);
    }
    return x;
  }

  private static Tensor transpose(Call call) {
    long[] reversed = new long[Math.toIntExact(call.input(0).dim())];
    Arrays.setAll(reversed, axis -> reversed.length - 1 - axis);
    return call.input(0).permute(call.node().integers("perm", reversed));
  }

  private static Tensor concat(Call call) {
    return torch.cat(
        new TensorVector(call.all().toArray(Tensor[]::new)), call.node().integer("axis", 0));
  }

  /// Into parts of given sizes, or into as many as there are outputs, the last one smaller.
  private static List<Tensor> split(Call call) {
    Tensor x = call.input(0);
    int axis = TensorValues.axis(call.node().integer("axis", 0), x.dim());
    long[] sizes = call.longs(1, "split");
    if (sizes == null) {
      sizes = new long[call.node().outputs().size()];
      long side = x.size(axis);
      long each = Math.ceilDiv(side, sizes.length);
      for (int part = 0; part < sizes.length; part++) {
        sizes[part] = Math.clamp(side - part * each, 0, each);
      }
    }
    List<Tensor> parts = new ArrayList<>();
    long from = 0;
    for (long size : sizes) {
      parts.add(x.narrow(axis, from, size));
      from += size;
    }
    return parts;
  }

  /// Starts, ends, axes and steps are inputs since operator set 10.
  private static Tensor slice(Call call) {
    Tensor x = call.input(0);
    long[] starts = call.longs(1, "starts", new long[0]);
    long[] ends = call.longs(2, "ends", new long[0]);
    long[] counting = new long[starts.length];
    Arrays.setAll(counting, i -> i);
    long[] axes = call.longs(3, "axes", counting);
    long[] ones = new long[starts.length];
    Arrays.fill(ones, 1);
    long[] steps = call.longs(4, "steps", ones);
    for (int i = 0; i < starts.length; i++) {
      x = slice(x, TensorValues.axis(axes[i], x.dim()), starts[i], ends[i], steps[i]);
    }
    return x;
  }

  private static Tensor slice(Tensor x, int axis, long start, long end, long step) {
    long side = x.size(axis);
    long from = start < 0 ? start + side : start;
    long to = end < 0 ? Math.max(end + side, -1) : end;
    if (step > 0) {
      long first = Math.clamp(from, 0, side);
      long last = Math.clamp(to, first, Math.max(first, side));
      return x.slice(axis, new LongOptional(first), new LongOptional(last), step);
    }
    // Backwards is forwards in the reversed tensor.
    long first = side - 1 - Math.clamp(from, -1, side - 1);
    long last = Math.max(first, side - 1 - Math.clamp(to, -1, side - 1));
    return x.flip(axis).slice(axis, new LongOptional(first), new LongOptional(last), -step);
  }

  /// Sides of 1, of the tensor or of the shape, are repeated.
  private static Tensor expand(Call call) {
    Tensor x = call.input(0);
    long[] shape = call.longs(1, "shape", new long[0]);
    long[] own = TensorValues.shape(x);
    long[] sides = new long[Math.max(shape.length, own.length)];
    for (int back = 1; back <= sides.length; back++) {
      long a = back <= shape.length ? shape[shape.length - back] : 1;
      long b = back <= own.length ? own[own.length - back] : 1;
      sides[sides.length - back] = a == 1 ? b : a;
    }
    return x.expand(sides);
  }

  private static Tensor tile(Call call) {
    return call.input(0).repeat(call.longs(1, "repeats", new long[0]));
  }

  private static Tensor depthToSpace(Call call) {
    Tensor x = call.input(0);
    long block = call.node().integer("blocksize", 1);
    long depth = x.size(1) / (block * block);
    long batch = x.size(0);
    boolean columnRowDepth = call.node().text("mode", "DCR").equals("CRD");
    Tensor split =
        columnRowDepth
            ? x.reshape(batch, depth, block, block, x.size(2), x.size(3)).permute(0, 1, 4, 2, 5, 3)
            : x.reshape(batch, block, block, depth, x.size(2), x.size(3)).permute(0, 3, 4, 1, 5, 2);
    return split.reshape(batch, depth, x.size(2) * block, x.size(3) * block);
  }

  private static Tensor spaceToDepth(Call call) {
    Tensor x = call.input(0);
    long block = call.node().integer("blocksize", 1);
    long height = x.size(2) / block;
    long width = x.size(3) / block;
    return x.reshape(x.size(0), x.size(1), height, block, width, block)
        .permute(0, 3, 5, 1, 2, 4)
        .reshape(x.size(0), x.size(1) * block * block, height, width);
  }
}
