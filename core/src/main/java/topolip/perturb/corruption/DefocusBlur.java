package topolip.perturb.corruption;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;

/// Convolution with a disk whose edge is softened by a small normal kernel; reflected at the
/// border.
///
/// Below a radius of 1 the disk is one pixel, and the softening alone blurs.
final class DefocusBlur implements PlaneDistortion {
  private final double radius;
  private final double softening;

  /// The places in the kernel that are not 0, and what is there.
  private final int[] places;

  private final double[] weights;

  DefocusBlur(double radius, double softening) {
    this.radius = radius;
    this.softening = softening;
    float[] kernel = kernel();
    this.places = IntStream.range(0, kernel.length).filter(i -> kernel[i] != 0).toArray();
    this.weights = Arrays.stream(places).mapToDouble(i -> kernel[i]).toArray();
  }

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) {
    return image.map(plane -> convolved(plane, image.height(), image.width()));
  }

  private int reach() {
    return radius <= 8 ? 8 : (int) radius;
  }

  /// The kernel, a square of side `2 reach + 1`, in single precision as published: whether a mean
  /// of equal weights is truncated to its level or to the one below depends on it.
  float[] kernel() {
    int reach = reach();
    int side = 2 * reach + 1;
    float[] disk = new float[side * side];
    int inside = 0;
    for (int y = -reach; y <= reach; y++) {
      for (int x = -reach; x <= reach; x++) {
        if (x * x + y * y <= radius * radius) {
          disk[(y + reach) * side + x + reach] = 1;
          inside++;
        }
      }
    }
    for (int i = 0; i < disk.length; i++) {
      disk[i] /= inside;
    }
    return transposed(softened(transposed(softened(disk, side), side), side), side);
  }

  /// Each row with the softening kernel, reflected.
  private float[] softened(float[] disk, int side) {
    int soft = radius <= 8 ? 1 : 2;
    double[] weights = GaussianFilter.kernel(softening, soft);
    float[] kernel = new float[disk.length];
    for (int i = 0; i < kernel.length; i++) {
      for (int d = -soft; d <= soft; d++) {
        int from = Edge.REFLECT_101.inside(i % side + d, side);
        kernel[i] += (float) weights[d + soft] * disk[i / side * side + from];
      }
    }
    return kernel;
  }

  private static float[] transposed(float[] kernel, int side) {
    float[] result = new float[kernel.length];
    for (int i = 0; i < kernel.length; i++) {
      result[i % side * side + i / side] = kernel[i];
    }
    return result;
  }

  private double[] convolved(double[] plane, int height, int width) {
    int reach = reach();
    int side = 2 * reach + 1;
    int wide = width + 2 * reach;
    double[] extended = Edge.REFLECT_101.extended(plane, height, width, reach);
    double[] blurred = new double[plane.length];
    int[] starts = new int[places.length];
    for (int y = 0; y < height; y++) {
      for (int k = 0; k < starts.length; k++) {
        starts[k] = (y + places[k] / side) * wide + places[k] % side;
      }
      Taps.add(blurred, y * width, width, extended, starts, weights);
    }
    return blurred;
  }
}
