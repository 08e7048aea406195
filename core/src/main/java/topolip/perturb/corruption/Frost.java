package topolip.perturb.corruption;

import java.io.IOException;
import org.apache.commons.rng.UniformRandomProvider;

/// A weighted sum of the image and a random part of a texture.
///
/// @param size of images whose parameters these are, by which photographs are reduced
record Frost(double imageWeight, double frostWeight, FrostTextures textures, int size)
    implements PlaneDistortion {

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) throws IOException {
    Planes frost = textures.draw(image.height(), image.width(), size, random);
    double[][] sum = new double[3][];
    for (int c = 0; c < 3; c++) {
      double[] plane = image.channel(c);
      double[] texture = frost.channel(c);
      sum[c] = new double[plane.length];
      for (int i = 0; i < plane.length; i++) {
        double level = Math.rint(plane[i] * 255);
        double frostLevel = Math.rint(texture[i] * 255);
        sum[c][i] = Planes.ofLevel(imageWeight * level + frostWeight * frostLevel);
      }
    }
    return new Planes(image.height(), image.width(), sum);
  }
}
