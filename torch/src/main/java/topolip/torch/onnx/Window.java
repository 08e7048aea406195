package topolip.torch.onnx;

import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// How a window slides over the axes of an image behind batch and channels.
final class Window {
  private final long[] kernel;
  private final long[] strides;
  private final long[] dilations;
  private final long[] before;
  private final long[] after;
  private final boolean ceil;

  /// @param kernel its sides
  /// @param before how many elements are added before the first of each axis
  /// @param after how many are added behind the last
  /// @param ceil whether the number of windows is rounded up
  private Window(
      long[] kernel, long[] strides, long[] dilations, long[] before, long[] after, boolean ceil) {
    this.kernel = kernel;
    this.strides = strides;
    this.dilations = dilations;
    this.before = before;
    this.after = after;
    this.ceil = ceil;
  }

  /// Of the node's attributes, for an image.
  ///
  /// @param kernel its sides, if the attribute does not say
  static Window of(OnnxNode node, Tensor image, long[] kernel) {
    long[] sides = node.integers("kernel_shape", kernel);
    long[] strides = node.integers("strides", ones(sides.length));
    long[] dilations = node.integers("dilations", ones(sides.length));
    long[] pads = node.integers("pads", new long[2 * sides.length]);
    long[] before = Arrays.copyOf(pads, sides.length);
    long[] after = Arrays.copyOfRange(pads, sides.length, 2 * sides.length);
    String automatic = node.text("auto_pad", "NOTSET");
    if (automatic.startsWith("SAME")) {
      for (int axis = 0; axis < sides.length; axis++) {
        long side = image.size(axis + 2L);
        long steps = Math.ceilDiv(side, strides[axis]);
        long reach = (sides[axis] - 1) * dilations[axis] + 1;
        long total = Math.max(0, (steps - 1) * strides[axis] + reach - side);
        before[axis] = automatic.equals("SAME_UPPER") ? total / 2 : total - total / 2;
        after[axis] = total - before[axis];
      }
    } else if (automatic.equals("VALID")) {
      Arrays.fill(before, 0);
      Arrays.fill(after, 0);
    }
    return new Window(sides, strides, dilations, before, after, node.flag("ceil_mode", false));
  }

  static long[] ones(int rank) {
    long[] ones = new long[rank];
    Arrays.fill(ones, 1);
    return ones;
  }

  long[] kernel() {
    return kernel;
  }

  long[] strides() {
    return strides;
  }

  long[] dilations() {
    return dilations;
  }

  long[] before() {
    return before;
  }

  long[] after() {
    return after;
  }

  boolean ceil() {
    return ceil;
  }

  int rank() {
    return kernel.length;
  }

  boolean symmetric() {
    return Arrays.equals(before, after);
  }

  boolean dilated() {
    return Arrays.stream(dilations).anyMatch(dilation -> dilation != 1);
  }

  /// Whether libtorch's pooling takes the pads: both the same, and no more than half a window.
  boolean suitsPooling() {
    boolean small = true;
    for (int axis = 0; axis < rank(); axis++) {
      small &= 2 * before[axis] <= kernel[axis];
    }
    return small && symmetric();
  }

  /// The image with its pads.
  Tensor padded(Tensor image, double value) {
    long[] front = new long[rank() + 2];
    long[] back = new long[rank() + 2];
    System.arraycopy(before, 0, front, 2, rank());
    System.arraycopy(after, 0, back, 2, rank());
    return Padding.constant(image, front, back, new Scalar(value));
  }

  /// The same window over an image that has its pads.
  Window unpadded() {
    long[] none = new long[rank()];
    return new Window(kernel, strides, dilations, none, none, ceil);
  }

  /// How many elements the last window of each axis reaches beyond an image with its pads, if the
  /// number of windows is rounded up; windows that begin behind the image are none.
  long[] overhang(Tensor padded, Tensor image) {
    long[] overhang = new long[rank()];
    for (int axis = 0; axis < rank() && ceil; axis++) {
      long reach = (kernel[axis] - 1) * dilations[axis] + 1;
      long side = padded.size(axis + 2L);
      long steps = Math.ceilDiv(side - reach, strides[axis]);
      if (steps * strides[axis] >= image.size(axis + 2L) + before[axis]) {
        steps--;
      }
      overhang[axis] = Math.max(0, steps * strides[axis] + reach - side);
    }
    return overhang;
  }
}
