package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.single;

import java.util.Arrays;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Operators that take or replace elements by their places.
final class Indexing {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Gather", single(Indexing::gather)),
          entry("GatherElements", single(Indexing::gatherElements)),
          entry("GatherND", single(Indexing::gatherNd)),
          entry("Scatter", single(Indexing::scatterElements)),
          entry("ScatterElements", single(Indexing::scatterElements)),
          entry("ScatterND", single(Indexing::scatterNd)),
          entry("NonZero", single(call -> torch.nonzero(call.input(0)).t())),
          entry("Compress", single(Indexing::compress)),
          entry("ReverseSequence", single(Indexing::reverseSequence)));

  private Indexing() {}

  /// Places counted from the end if negative.
  private static Tensor places(Tensor indices, long side) {
    Tensor wide = indices.to(ScalarType.Long);
    return torch.where(wide.lt(new Scalar(0L)), wide.add(new Scalar(side)), wide);
  }

  private static Tensor gather(Call call) {
    Tensor x = call.input(0);
    Tensor indices = call.input(1);
    int axis = TensorValues.axis(call.node().integer("axis", 0), x.dim());
    if (indices.dim() == 0) {
      return x.select(axis, indices.item_long());
    }
    long[] shape = TensorValues.shape(x);
    long[] taken = TensorValues.shape(indices);
    long[] result = Arrays.copyOf(shape, shape.length - 1 + taken.length);
    System.arraycopy(taken, 0, result, axis, taken.length);
    System.arraycopy(shape, axis + 1, result, axis + taken.length, shape.length - 1 - axis);
    return x.index_select(axis, places(indices, shape[axis]).flatten()).reshape(result);
  }

  private static Tensor gatherElements(Call call) {
    Tensor x = call.input(0);
    int axis = TensorValues.axis(call.node().integer("axis", 0), x.dim());
    return x.gather(axis, places(call.input(1), x.size(axis)));
  }

  /// The last axis of the indices tells one place in `x`, behind the axes of the batch.
  private static Tensor gatherNd(Call call) {
    Tensor x = call.input(0);
    Tensor indices = call.input(1);
    int batch = Math.toIntExact(call.node().integer("batch_dims", 0));
    long[] shape = TensorValues.shape(x);
    long[] told = TensorValues.shape(indices);
    int depth = Math.toIntExact(told[told.length - 1]);
    long batches = product(shape, 0, batch);
    long places = product(shape, batch, batch + depth);
    long rest = product(shape, batch + depth, shape.length);
    Tensor linear = linear(indices, shape, batch).reshape(batches, -1);
    Tensor offsets = TensorValues.counting(batches).mul(new Scalar(places)).unsqueeze(1);
    long[] result = Arrays.copyOf(told, told.length - 1 + shape.length - batch - depth);
    System.arraycopy(shape, batch + depth, result, told.length - 1, shape.length - batch - depth);
    return x.reshape(batches * places, rest)
        .index_select(0, linear.add(offsets).flatten())
        .reshape(result);
  }

  /// Of places told by coordinates along the last axis, their places in the flattened tensor.
  private static Tensor linear(Tensor indices, long[] shape, int firstAxis) {
    long[] told = TensorValues.shape(indices);
    int depth = Math.toIntExact(told[told.length - 1]);
    Tensor linear = TensorValues.scalar(0L);
    for (int d = 0; d < depth; d++) {
      long side = shape[firstAxis + d];
      linear = linear.mul(new Scalar(side)).add(places(indices.select(-1, d), side));
    }
    return linear;
  }

  private static long product(long[] shape, int from, int to) {
    return Arrays.stream(shape, from, to).reduce(1, Math::multiplyExact);
  }

  private static Tensor scatterElements(Call call) {
    Tensor x = call.input(0);
    int axis = TensorValues.axis(call.node().integer("axis", 0), x.dim());
    return scatter(call, x, axis, places(call.input(1), x.size(axis)), call.input(2));
  }

  private static Tensor scatterNd(Call call) {
    Tensor x = call.input(0);
    Tensor indices = call.input(1);
    long[] shape = TensorValues.shape(x);
    int depth = Math.toIntExact(indices.size(-1));
    long rest = product(shape, depth, shape.length);
    Tensor linear = linear(indices, shape, 0).reshape(-1, 1).expand(-1, rest);
    Tensor rows = x.reshape(-1, rest);
    return scatter(call, rows, 0, linear, call.input(2).reshape(-1, rest)).reshape(shape);
  }

  private static Tensor scatter(Call call, Tensor x, int axis, Tensor places, Tensor updates) {
    return switch (call.node().text("reduction", "none")) {
      case "none" -> x.scatter(axis, places, updates);
      case "add" -> x.scatter_add(axis, places, updates);
      case "mul" -> x.scatter_reduce(axis, places, updates, "prod", true);
      case "max" -> x.scatter_reduce(axis, places, updates, "amax", true);
      case "min" -> x.scatter_reduce(axis, places, updates, "amin", true);
      default ->
          throw new IllegalArgumentException("reduction " + call.node().text("reduction", ""));
    };
  }

  private static Tensor compress(Call call) {
    Tensor kept = torch.nonzero(call.input(1)).flatten();
    return call.node().has("axis")
        ? call.input(0).index_select(call.node().integer("axis", 0), kept)
        : call.input(0).flatten().index_select(0, kept);
  }

  /// Reverses the first elements of each sequence, as many as it is long.
  private static Tensor reverseSequence(Call call) {
    Tensor x = call.input(0);
    int time = Math.toIntExact(call.node().integer("time_axis", 0));
    int batch = Math.toIntExact(call.node().integer("batch_axis", 1));
    long[] column = new long[Math.toIntExact(x.dim())];
    Arrays.fill(column, 1);
    long[] row = column.clone();
    row[time] = -1;
    column[batch] = -1;
    Tensor steps = TensorValues.counting(x.size(time)).reshape(row);
    Tensor lengths = call.input(1).reshape(column);
    Tensor reversed = lengths.sub(steps).sub(new Scalar(1L));
    Tensor order = torch.where(steps.lt(lengths), reversed, steps);
    return x.gather(time, order.expand(TensorValues.shape(x)));
  }
}
