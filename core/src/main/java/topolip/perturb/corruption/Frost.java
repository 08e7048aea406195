package topolip.perturb.corruption;

import java.io.IOException;
import org.apache.commons.rng.UniformRandomProvider;

/// A weighted sum of the image and a random part of a texture.
///
/// @param size of images whose parameters these are, by which photographs are reduced
record Frost(double imageWeight, double frostWeight, FrostTextures textures, int size)
    implements Distortion {

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) throws IOException {
    Planes frost = textures.draw(image.height(), image.width(), size, random);
    double[][] sum = new double[3][];
    for (int c = 0; c < 3; c++) {
      sum[c] = new double[image.height() * image.width()];
      for (int i = 0; i < sum[c].length; i++) {
        double level = Math.rint(image.channel(c)[i] * 255);
        double frostLevel = Math.rint(frost.channel(c)[i] * 255);
        sum[c][i] = Planes.ofLevel(imageWeight * level + frostWeight * frostLevel);
      }
    }
    return new Planes(image.height(), image.width(), sum);
  }
}
