package topolip.torch.onnx;

import java.util.Arrays;

/// How the elements of one axis are interpolated between those of another of different length.
///
/// As the reference of ONNX's `Resize` defines it, in double.
///
/// @param mode `nearest`, `linear` or `cubic`
/// @param coordinates how places of the result lie among those of the source
/// @param nearest how `nearest` rounds
/// @param antialias whether the filter is widened where the result is smaller
/// @param excludeOutside whether elements outside have weight 0, rather than the border's values
/// @param cubicCoefficient of the cubic filter (Keys's a)
record Interpolation(
    String mode,
    String coordinates,
    String nearest,
    boolean antialias,
    boolean excludeOutside,
    double cubicCoefficient) {

  static Interpolation of(OnnxNode node) {
    boolean old = node.operator().equals("Upsample") || node.opset() < 11;
    return new Interpolation(
        node.text("mode", "nearest"),
        old ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel"),
        old ? "floor" : node.text("nearest_mode", "round_prefer_floor"),
        node.flag("antialias", false),
        node.flag("exclude_outside", false),
        node.real("cubic_coeff_a", -0.75));
  }

  /// One axis.
  ///
  /// @param from its length in the source
  /// @param to its length in the result
  /// @param scale of the result to the source, of which `to` may be rounded
  /// @param cropStart where `tf_crop_and_resize` begins, as a share of the source
  record Axis(int from, int to, double scale, double cropStart, double cropEnd) {}

  /// Where in the source an element of the result lies.
  double place(Axis axis, int index) {
    double width = axis.scale * axis.from;
    return switch (coordinates) {
      case "align_corners" -> width == 1 ? 0 : index * (axis.from - 1) / (width - 1);
      case "asymmetric" -> index / axis.scale;
      case "half_pixel" -> (index + 0.5) / axis.scale - 0.5;
      case "pytorch_half_pixel" -> width == 1 ? -0.5 : (index + 0.5) / axis.scale - 0.5;
      case "half_pixel_symmetric" ->
          axis.from / 2.0 * (1 - axis.to / width) + (index + 0.5) / axis.scale - 0.5;
      case "tf_crop_and_resize" -> cropped(axis, index, width);
      default -> throw new IllegalArgumentException("coordinates " + coordinates);
    };
  }

  private static double cropped(Axis axis, int index, double width) {
    double span = (axis.cropEnd - axis.cropStart) * (axis.from - 1);
    double offset = width == 1 ? span / 2 : index * span / (width - 1);
    return axis.cropStart * (axis.from - 1) + offset;
  }

  /// Which elements of the result lie outside of the source, where that is told apart.
  boolean[] outside(Axis axis) {
    boolean[] outside = new boolean[axis.to];
    for (int i = 0; i < axis.to && coordinates.equals("tf_crop_and_resize"); i++) {
      double place = place(axis, i);
      outside[i] = place < 0 || place > axis.from - 1;
    }
    return outside;
  }

  /// The element of the source that is nearest to each of the result.
  long[] nearest(Axis axis) {
    long[] places = new long[axis.to];
    for (int i = 0; i < axis.to; i++) {
      double place = place(axis, i);
      double rounded =
          switch (nearest) {
            case "round_prefer_floor" -> Math.ceil(place - 0.5);
            case "round_prefer_ceil" -> Math.floor(place + 0.5);
            case "floor" -> Math.floor(place);
            case "ceil" -> Math.ceil(place);
            default -> throw new IllegalArgumentException("nearest_mode " + nearest);
          };
      places[i] = (long) Math.clamp(rounded, 0, axis.from - 1);
    }
    return places;
  }

  /// The weights of the source's elements in each of the result, `(to, from)`.
  double[] weights(Axis axis) {
    double[] weights = new double[Math.multiplyExact(axis.to, axis.from)];
    double squeeze = antialias ? Math.min(axis.scale, 1) : 1;
    int radius = mode.equals("linear") ? 1 : 2;
    int first = (int) Math.floor(-radius / squeeze) + 1;
    for (int i = 0; i < axis.to; i++) {
      double place = place(axis, i);
      int left = (int) Math.ceil(place) - 1;
      double[] filter = new double[2 - 2 * first];
      for (int k = 0; k < filter.length; k++) {
        int source = left + first + k;
        boolean counts = !excludeOutside || (source >= 0 && source < axis.from);
        filter[k] = counts ? filter((source - place) * squeeze) : 0;
      }
      double sum = antialias || excludeOutside ? Arrays.stream(filter).sum() : 1;
      for (int k = 0; k < filter.length; k++) {
        int source = Math.clamp(left + first + k, 0, axis.from - 1);
        weights[i * axis.from + source] += filter[k] / sum;
      }
    }
    return weights;
  }

  private double filter(double distance) {
    double d = Math.abs(distance);
    double a = cubicCoefficient;
    if (mode.equals("linear")) {
      return Math.max(0, 1 - d);
    }
    if (d <= 1) {
      return ((a + 2) * d - (a + 3)) * d * d + 1;
    }
    return d < 2 ? ((a * d - 5 * a) * d + 8 * a) * d - 4 * a : 0;
  }
}
