package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.single;

import java.util.Arrays;
import java.util.Map;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Convolutions over any number of axes, and their transposes.
final class Convolutions {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("Conv", single(Convolutions::convolution)),
          entry("ConvTranspose", single(Convolutions::transposed)));

  private Convolutions() {}

  private static long[] kernel(Tensor weight) {
    long[] shape = TensorValues.shape(weight);
    return Arrays.copyOfRange(shape, 2, shape.length);
  }

  private static Tensor convolution(Call call) {
    Tensor image = ordered(call.input(0));
    Tensor weight = call.input(1);
    Window window = Window.of(call.node(), image, kernel(weight));
    if (!window.symmetric()) {
      image = window.padded(image, 0);
      window = window.unpadded();
    }
    return torch.convolution(
        image,
        weight,
        call.maybe(2),
        window.strides(),
        window.before(),
        window.dilations(),
        false,
        new long[window.rank()],
        call.node().integer("group", 1));
  }

  /// An image in single precision with its channels beside each other, as oneDNN wants it. What is
  /// computed element by element keeps that order, so that mostly the first convolution pays. `to`
  /// orders images of one channel as well, which `contiguous` leaves as they are.
  private static Tensor ordered(Tensor image) {
    return image.dim() == 4 && TensorValues.type(image) == ScalarType.Float
        ? image.to(
            ScalarType.Float,
            false,
            false,
            new MemoryFormatOptional(torch.MemoryFormat.ChannelsLast))
        : image;
  }

  /// Without pads first; then the pads are cut away, or added where they are negative.
  private static Tensor transposed(Call call) {
    Tensor image = call.input(0);
    Tensor weight = call.input(1);
    Window window = Window.of(call.node(), image, kernel(weight));
    long[] extra = call.node().integers("output_padding", new long[window.rank()]);
    Tensor whole =
        torch.convolution(
            image,
            weight,
            new TensorOptional(),
            window.strides(),
            new long[window.rank()],
            window.dilations(),
            true,
            extra,
            call.node().integer("group", 1));
    Tensor cut = cut(call.node(), whole, image, window);
    Tensor bias = call.optional(2);
    return bias == null ? cut : cut.add(alongChannels(bias, window.rank()));
  }

  private static Tensor alongChannels(Tensor bias, int rank) {
    long[] shape = Window.ones(rank + 1);
    shape[0] = -1;
    return bias.reshape(shape);
  }

  private static Tensor cut(OnnxNode node, Tensor whole, Tensor image, Window window) {
    long[] before = new long[window.rank() + 2];
    long[] after = new long[window.rank() + 2];
    long[] sides = outputSides(node, image, window);
    String automatic = node.text("auto_pad", "NOTSET");
    for (int axis = 0; axis < window.rank(); axis++) {
      long begin = window.before()[axis];
      long end = window.after()[axis];
      if (sides != null) {
        long total = whole.size(axis + 2L) - sides[axis];
        long half = Math.max(0, total) / 2;
        begin = automatic.equals("SAME_UPPER") ? half : Math.max(0, total) - half;
        end = total - begin;
      }
      before[axis + 2] = -begin;
      after[axis + 2] = -end;
    }
    boolean none =
        Arrays.stream(before).allMatch(b -> b == 0) && Arrays.stream(after).allMatch(a -> a == 0);
    return none ? whole : Padding.constant(whole, before, after, new Scalar(0.0));
  }

  /// The sides that the node asks for; null if the pads tell.
  private static long @Nullable [] outputSides(OnnxNode node, Tensor image, Window window) {
    long[] told = node.integers("output_shape");
    if (told != null) {
      return Arrays.copyOfRange(told, told.length - window.rank(), told.length);
    }
    if (!node.text("auto_pad", "NOTSET").startsWith("SAME")) {
      return null;
    }
    long[] sides = new long[window.rank()];
    Arrays.setAll(sides, axis -> image.size(axis + 2L) * window.strides()[axis]);
    return sides;
  }
}
