package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.geom.Path2D;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The parts of a picture against the JDK's own geometry and colours, and closed formulas.
class ShapesDrawingTest {
  private final Random random = new Random(11);

  @Test
  void discAndSquareHaveTheirClosedDistances() {
    double half = 1.1 / Math.sqrt(2);
    for (int i = 0; i < 2000; i++) {
      double x = random.nextDouble(-2, 2);
      double y = random.nextDouble(-2, 2);
      assertThat(ShapeOutline.DISC.signedDistance(x, y))
          .isCloseTo(Math.hypot(x, y) - 0.88, within(1e-12));
      double u = Math.abs(x + y) / Math.sqrt(2) - half;
      double v = Math.abs(x - y) / Math.sqrt(2) - half;
      double box = Math.hypot(Math.max(u, 0), Math.max(v, 0)) + Math.min(Math.max(u, v), 0);
      assertThat(ShapeOutline.SQUARE.signedDistance(x, y)).isCloseTo(box, within(1e-12));
    }
  }

  @Test
  void signOfTheDistanceIsThatOfTheEvenOddRule() {
    assertSignAgrees(ShapeOutline.TRIANGLE, star(3, 1.2, 1.2));
    assertSignAgrees(ShapeOutline.STAR, star(10, 1.2, 0.52));
    Path2D cross = new Path2D.Double(Path2D.WIND_NON_ZERO);
    cross.append(new java.awt.geom.Rectangle2D.Double(-0.98, -0.34, 1.96, 0.68), false);
    cross.append(new java.awt.geom.Rectangle2D.Double(-0.34, -0.98, 0.68, 1.96), false);
    assertSignAgrees(ShapeOutline.CROSS, cross);
  }

  @Test
  void distanceIsHowFarOneCanGoWithoutCrossing() {
    for (ShapeOutline outline : ShapeOutline.values()) {
      for (int i = 0; i < 300; i++) {
        double x = random.nextDouble(-1.5, 1.5);
        double y = random.nextDouble(-1.5, 1.5);
        double distance = outline.signedDistance(x, y);
        assertThat(crosses(outline, x, y, 0.999 * distance)).isFalse();
        assertThat(crosses(outline, x, y, 1.01 * distance)).isTrue();
      }
    }
  }

  @Test
  void fillsCoverTheirShareOfThePlane() {
    assertThat(share(ShapeFill.PLAIN)).isZero();
    assertThat(share(ShapeFill.HOLLOW)).isZero();
    assertThat(share(ShapeFill.STRIPED)).isCloseTo(0.5, within(0.01));
    assertThat(share(ShapeFill.CHECKERED)).isCloseTo(0.5, within(0.01));
    assertThat(share(ShapeFill.DOTTED)).isCloseTo(Math.PI * 0.3 * 0.3, within(0.01));
  }

  @Test
  void stripesDependOnOneCoordinateAndChecksOnBoth() {
    assertThat(ShapeFill.STRIPED.secondColour(0, 0, 8)).isEqualTo(1);
    assertThat(ShapeFill.STRIPED.secondColour(0, 4, 8)).isEqualTo(1);
    assertThat(ShapeFill.STRIPED.secondColour(4, 0, 8)).isZero();
    assertThat(ShapeFill.CHECKERED.secondColour(0, 0, 8)).isEqualTo(1);
    assertThat(ShapeFill.CHECKERED.secondColour(0, 4, 8)).isZero();
    assertThat(ShapeFill.CHECKERED.secondColour(4, 4, 8)).isEqualTo(1);
    assertThat(ShapeFill.DOTTED.secondColour(8, -8, 8)).isEqualTo(1);
    assertThat(ShapeFill.DOTTED.secondColour(4, 4, 8)).isZero();
  }

  @Test
  void hollowKeepsTheRimOnly() {
    assertThat(ShapeFill.HOLLOW.painted(-5, 10)).isPositive();
    assertThat(ShapeFill.HOLLOW.painted(-1, 10)).isNegative();
    assertThat(ShapeFill.HOLLOW.painted(2, 10)).isCloseTo(2, within(1e-12));
    assertThat(ShapeFill.PLAIN.painted(-5, 10)).isEqualTo(-5);
  }

  @Test
  void coloursAreThoseOfTheJdk() {
    for (int i = 0; i < 2000; i++) {
      float hue = random.nextFloat(-2, 2);
      float saturation = random.nextFloat();
      float value = random.nextFloat();
      Color expected = new Color(Color.HSBtoRGB(hue, saturation, value));
      ShapeColour colour = ShapeColour.ofHsv(hue, saturation, value);
      assertThat(255 * colour.red()).isCloseTo(expected.getRed(), within(0.51));
      assertThat(255 * colour.green()).isCloseTo(expected.getGreen(), within(0.51));
      assertThat(255 * colour.blue()).isCloseTo(expected.getBlue(), within(0.51));
    }
  }

  @Test
  void lightFallsFromEverySide() {
    int left = 0;
    int above = 0;
    double steepest = 0;
    for (int i = 0; i < 1000; i++) {
      ShapeLight light = new ShapeLight(ShapeRandom.of(0, Split.TEST, i), 32);
      double across = light.gain(0, 16) - light.gain(32, 16);
      double down = light.gain(16, 0) - light.gain(16, 32);
      assertThat(light.gain(16, 16)).isBetween(0.65, 1.05);
      assertThat(light.gain(0, 0)).isPositive();
      left += across > 0 ? 1 : 0;
      above += down > 0 ? 1 : 0;
      steepest = Math.max(steepest, Math.hypot(across, down) / light.gain(16, 16));
    }
    assertThat(left).isBetween(440, 560);
    assertThat(above).isBetween(440, 560);
    assertThat(steepest).isBetween(0.65, 0.7);
  }

  @Test
  void eachOutlineHasTwoFillsAndEachFillTwoOutlines() {
    assertThat(ShapeClass.ALL).doesNotHaveDuplicates();
    for (ShapeOutline outline : ShapeOutline.values()) {
      assertThat(ShapeClass.ALL.stream().filter(c -> c.outline() == outline)).hasSize(2);
    }
    for (ShapeFill fill : ShapeFill.values()) {
      assertThat(ShapeClass.ALL.stream().filter(c -> c.fill() == fill)).hasSize(2);
    }
  }

  private void assertSignAgrees(ShapeOutline outline, Path2D path) {
    for (int i = 0; i < 5000; i++) {
      double x = random.nextDouble(-1.5, 1.5);
      double y = random.nextDouble(-1.5, 1.5);
      assertThat(outline.signedDistance(x, y) < 0).isEqualTo(path.contains(x, y));
    }
  }

  private static Path2D star(int corners, double even, double odd) {
    Path2D path = new Path2D.Double();
    for (int k = 0; k < corners; k++) {
      double radius = k % 2 == 0 ? even : odd;
      double x = radius * Math.cos(2 * Math.PI * k / corners);
      double y = radius * Math.sin(2 * Math.PI * k / corners);
      if (k == 0) {
        path.moveTo(x, y);
      } else {
        path.lineTo(x, y);
      }
    }
    path.closePath();
    return path;
  }

  /// Whether some point of the circle about (x, y) is on the other side of the outline.
  private static boolean crosses(ShapeOutline outline, double x, double y, double radius) {
    boolean inside = outline.signedDistance(x, y) < 0;
    for (int k = 0; k < 4000; k++) {
      double angle = 2 * Math.PI * k / 4000;
      double px = x + radius * Math.cos(angle);
      double py = y + radius * Math.sin(angle);
      if (outline.signedDistance(px, py) < 0 != inside) {
        return true;
      }
    }
    return false;
  }

  private double share(ShapeFill fill) {
    double sum = 0;
    for (int i = 0; i < 200_000; i++) {
      sum += fill.secondColour(random.nextDouble(-60, 60), random.nextDouble(-60, 60), 6);
    }
    return sum / 200_000;
  }
}
