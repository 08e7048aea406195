package topolip.perturb.attack;

import org.apache.commons.rng.UniformRandomProvider;
import topolip.dataset.ImageShape;

/// Changes in ℓ₂: two squares give their norm to one of them, in the shape of two opposed bumps.
///
/// As in the published attack, a new square gets the norm of both old ones, over all channels, in
/// each channel; the whole is brought to norm eps afterwards.
final class SquareL2 implements SquareWalk.Proposals {
  private static final int TILES = 5;

  @Override
  public float[] first(Search search, double eps) {
    ImageShape shape = search.shape();
    int side = Math.max(1, Math.min(shape.height(), shape.width()) / TILES);
    double[] change = new double[shape.values()];
    int inset = (shape.height() - side * TILES) / 2;
    for (int top = Math.max(0, inset); top + side <= shape.height(); top += side) {
      for (int left = Math.max(0, inset); left + side <= shape.width(); left += side) {
        double[] bump = bump(side, search.random());
        for (int c = 0; c < shape.channels(); c++) {
          add(change, shape, c, top, left, bump, sign(search.random()));
        }
      }
    }
    return around(search.clean(), change, eps);
  }

  @Override
  public float[] next(Search search, double eps, float[] best, int side) {
    ImageShape shape = search.shape();
    UniformRandomProvider random = search.random();
    float[] clean = search.clean();
    double[] change = new double[clean.length];
    for (int i = 0; i < change.length; i++) {
      change[i] = (double) best[i] - clean[i];
    }
    int top = random.nextInt(Math.max(1, shape.height() - side));
    int left = random.nextInt(Math.max(1, shape.width() - side));
    int top2 = random.nextInt(Math.max(1, shape.height() - side));
    int left2 = random.nextInt(Math.max(1, shape.width() - side));
    double[] bump = bump(side, random);
    double spare = Math.max(eps * eps - square(Norm.L_2.of(change)), 0) / shape.channels();
    double[][] patches = new double[shape.channels()][];
    double[] old = change.clone();
    for (int c = 0; c < shape.channels(); c++) {
      patches[c] = patch(old, shape, c, top, left, bump, sign(random));
      clear(change, shape, c, top, left, side);
      clear(change, shape, c, top2, left2, side);
    }
    double windows = square(Norm.L_2.of(old)) - square(Norm.L_2.of(change));
    double norm = Math.sqrt(spare + Math.max(windows, 0));
    for (int c = 0; c < shape.channels(); c++) {
      add(change, shape, c, top, left, patches[c], norm);
    }
    return around(clean, change, eps);
  }

  @Override
  public int side(double pixels) {
    int side = Math.max((int) Math.rint(Math.sqrt(pixels)), 3);
    return side % 2 == 0 ? side + 1 : side;
  }

  /// The sum of a bump with the shape of the old change there, of norm 1.
  private static double[] patch(
      double[] old, ImageShape shape, int channel, int top, int left, double[] bump, double sign) {
    int side = (int) Math.sqrt(bump.length);
    double[] patch = new double[bump.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        patch[y * side + x] = old[place(shape, channel, top + y, left + x)];
      }
    }
    Norm.scale(patch, 1 / (1e-12 + Norm.L_2.of(patch)));
    for (int i = 0; i < patch.length; i++) {
      patch[i] += sign * bump[i];
    }
    Norm.scale(patch, 1 / (1e-12 + Norm.L_2.of(patch)));
    return patch;
  }

  private static void clear(
      double[] change, ImageShape shape, int channel, int top, int left, int side) {
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        change[place(shape, channel, y, x)] = 0;
      }
    }
  }

  private static void add(
      double[] change,
      ImageShape shape,
      int channel,
      int top,
      int left,
      double[] patch,
      double factor) {
    int side = (int) Math.sqrt(patch.length);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        change[place(shape, channel, top + y, left + x)] += factor * patch[y * side + x];
      }
    }
  }

  private static int place(ImageShape shape, int channel, int y, int x) {
    return (channel * shape.height() + y) * shape.width() + x;
  }

  private static float[] around(float[] clean, double[] change, double eps) {
    Norm.scale(change, eps / (Norm.L_2.of(change) + 1e-12));
    float[] image = clean.clone();
    PgdWalk.move(image, change, 1);
    Norm.L_2.project(clean, image, eps);
    return image;
  }

  /// A positive bump in one half of a square, a negative one in the other, of norm 1; one above the
  /// other or side by side.
  static double[] bump(int side, UniformRandomProvider random) {
    boolean turned = random.nextBoolean();
    int half = side / 2;
    double[] bump = new double[side * side];
    double[] upper = rings(half, side);
    double[] lower = rings(side - half, side);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double value = y < half ? upper[y * side + x] : -lower[(y - half) * side + x];
        bump[turned ? x * side + y : y * side + x] = value;
      }
    }
    Norm.scale(bump, 1 / Norm.L_2.of(bump));
    return bump;
  }

  /// Rectangles around the middle, of radius r and weight 1 / (r + 1)², summed, of norm 1.
  private static double[] rings(int height, int width) {
    int middleY = height / 2;
    int middleX = width / 2;
    double[] sum = new double[height * width];
    for (int r = 0; r <= Math.max(middleY, middleX); r++) {
      for (int y = Math.max(0, middleY - r); y < Math.min(height, middleY + r + 1); y++) {
        for (int x = Math.max(0, middleX - r); x < Math.min(width, middleX + r + 1); x++) {
          sum[y * width + x] += 1.0 / ((r + 1.0) * (r + 1));
        }
      }
    }
    Norm.scale(sum, height == 0 ? 0 : 1 / Norm.L_2.of(sum));
    return sum;
  }

  private static double sign(UniformRandomProvider random) {
    return random.nextBoolean() ? 1 : -1;
  }

  private static double square(double x) {
    return x * x;
  }
}
