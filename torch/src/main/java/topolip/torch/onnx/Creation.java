package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.single;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Operators whose values are in the file, or follow from shapes and places.
final class Creation {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Constant", single(Creation::constant)),
          entry("ConstantOfShape", single(Creation::constantOfShape)),
          entry("Range", single(Creation::range)),
          entry("EyeLike", single(Creation::eyeLike)),
          entry("OneHot", single(Creation::oneHot)),
          entry("Trilu", single(Creation::triangle)));

  private Creation() {}

  private static Tensor constant(Call call) {
    AttributeProto value = call.node().attributes().values().iterator().next();
    ScalarType real = call.precision().type();
    return switch (value.getName()) {
      case "value" -> tensor(call, value);
      case "value_float" -> TensorValues.scalar(call.node().real("value_float", 0), real);
      case "value_int" -> TensorValues.scalar(value.getI());
      case "value_ints" -> TensorValues.ofLongs(call.node().integers("value_ints", new long[0]));
      case "value_floats" -> {
        List<Float> floats = value.getFloatsList();
        double[] reals = floats.stream().mapToDouble(Float::doubleValue).toArray();
        yield TensorValues.ofDoubles(reals, reals.length).to(real);
      }
      default -> throw new IllegalArgumentException(value.getName() + " is not supported");
    };
  }

  private static Tensor tensor(Call call, AttributeProto value) {
    try {
      return call.data().read(value.getT(), call.precision());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tensor constantOfShape(Call call) {
    long[] shape = TensorValues.longs(call.input(0));
    Tensor value =
        call.node().has("value")
            ? tensor(call, call.node().attribute("value"))
            : TensorValues.scalar(0, call.precision().type());
    return value.reshape().expand(shape).contiguous();
  }

  private static Tensor range(Call call) {
    Tensor start = call.input(0);
    ScalarType type = TensorValues.type(start);
    if (TensorValues.isFloating(start)) {
      double from = start.item_double();
      double step = call.input(2).item_double();
      double count = Math.max(0, Math.ceil((call.input(1).item_double() - from) / step));
      double[] values = new double[Math.toIntExact((long) count)];
      Arrays.setAll(values, i -> from + i * step);
      return TensorValues.ofDoubles(values, values.length).to(type);
    }
    long from = start.item_long();
    long step = call.input(2).item_long();
    long count = Math.max(0, Math.ceilDiv(call.input(1).item_long() - from, step));
    long[] values = new long[Math.toIntExact(count)];
    Arrays.setAll(values, i -> from + i * step);
    return TensorValues.ofLongs(values).to(type);
  }

  private static Tensor eyeLike(Call call) {
    Tensor x = call.input(0);
    ScalarType type =
        call.node().has("dtype")
            ? call.type(call.node().integer("dtype", 1))
            : TensorValues.type(x);
    Tensor rows = TensorValues.counting(x.size(0)).unsqueeze(1);
    Tensor columns = TensorValues.counting(x.size(1)).unsqueeze(0);
    return columns.sub(rows).eq(new Scalar(call.node().integer("k", 0))).to(type);
  }

  private static Tensor oneHot(Call call) {
    Tensor indices = call.input(0).to(ScalarType.Long);
    long depth = TensorValues.longs(call.input(1))[0];
    Tensor values = call.input(2);
    long rank = indices.dim() + 1;
    int axis = TensorValues.axis(call.node().integer("axis", -1), rank);
    long[] alongAxis = new long[Math.toIntExact(rank)];
    Arrays.fill(alongAxis, 1);
    alongAxis[axis] = depth;
    Tensor places =
        torch.where(indices.lt(new Scalar(0L)), indices.add(new Scalar(depth)), indices);
    Tensor hot = places.unsqueeze(axis).eq(TensorValues.counting(depth).reshape(alongAxis));
    return torch.where(hot, values.select(0, 1), values.select(0, 0));
  }

  private static Tensor triangle(Call call) {
    long diagonal = call.has(1) ? call.input(1).item_long() : 0;
    return call.node().flag("upper", true)
        ? call.input(0).triu(diagonal)
        : call.input(0).tril(diagonal);
  }
}
