package topolip.lipschitz;

/// One axis of a convolution: output `o` reads, for each tap `a` of the kernel, the input `o ·
/// stride + a · dilation − before`, which is 0 outside of the input.
///
/// @param input places of the input
/// @param kernel taps
/// @param stride between outputs
/// @param dilation between taps
/// @param before places of padding in front of the input
/// @param after places of padding behind it
public record ConvolutionAxis(
    int input, int kernel, int stride, int dilation, int before, int after) {

  public ConvolutionAxis {
    if (input < 1 || kernel < 1 || stride < 1 || dilation < 1 || before < 0 || after < 0) {
      throw new IllegalArgumentException(
          "an axis of %d places, kernel %d, stride %d, dilation %d, padding %d and %d"
              .formatted(input, kernel, stride, dilation, before, after));
    }
    long padded = (long) input + before + after;
    long reach = (long) dilation * (kernel - 1) + 1;
    if (reach > padded) {
      throw new IllegalArgumentException(
          "a kernel that reaches %d does not fit %d padded places".formatted(reach, padded));
    }
  }

  /// Places of the output.
  public int output() {
    return (int) (((long) input + before + after - reach()) / stride + 1);
  }

  /// How many places a kernel spans.
  private long reach() {
    return (long) dilation * (kernel - 1) + 1;
  }

  /// What tap `a` reads at output `o`; outside of the input it is padding.
  int read(int o, int a) {
    return o * stride + a * dilation - before;
  }

  /// The first output at which tap `a` reads an input.
  int first(int a) {
    return Math.max(0, Math.ceilDiv(before - a * dilation, stride));
  }

  /// One behind the last such output.
  int last(int a) {
    return Math.min(output(), Math.floorDiv(input - 1 + before - a * dilation, stride) + 1);
  }

  /// In how many outputs an input appears at most: ⌈kernel/stride⌉ if nothing is dilated and the
  /// input is large.
  int overlap() {
    int[] uses = new int[input];
    int most = 0;
    for (int a = 0; a < kernel; a++) {
      for (int o = first(a); o < last(a); o++) {
        most = Math.max(most, ++uses[read(o, a)]);
      }
    }
    return most;
  }
}
