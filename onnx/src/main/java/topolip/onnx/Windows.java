package topolip.onnx;

import topolip.lipschitz.ConvolutionAxis;

/// The windows of convolutions and pools.
final class Windows {
  private Windows() {}

  /// One axis of space, as attributes say.
  ///
  /// Where the output is longer than these make it, as with `ceil_mode`, padding is added behind.
  ///
  /// @param axis 0 for the first axis behind the channels
  /// @param space how many such axes there are
  static ConvolutionAxis axis(
      GraphNode node, int axis, int space, int kernel, int input, int output) {
    int stride = at(node.integers("strides"), axis, 1);
    int dilation = at(node.integers("dilations"), axis, 1);
    long[] pads = node.integers("pads");
    int reach = dilation * (kernel - 1) + 1;
    int needed = Math.max(0, (output - 1) * stride + reach - input);
    String auto = node.text("auto_pad", "NOTSET");
    int before =
        switch (auto) {
          case "SAME_UPPER" -> needed / 2;
          case "SAME_LOWER" -> (needed + 1) / 2;
          default -> at(pads, axis, 0);
        };
    int after =
        auto.startsWith("SAME")
            ? needed - before
            : Math.max(at(pads, space + axis, 0), needed - before);
    return new ConvolutionAxis(input, kernel, stride, dilation, before, after);
  }

  private static int at(long[] values, int index, int otherwise) {
    return index < values.length ? Math.toIntExact(values[index]) : otherwise;
  }
}
