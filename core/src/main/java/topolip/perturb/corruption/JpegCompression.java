package topolip.perturb.corruption;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.apache.commons.rng.UniformRandomProvider;

/// An image stored as JPEG and read again, by the platform's codec.
///
/// Colours have half the resolution, and the quality is the scale of the Independent JPEG Group, as
/// published; decoders differ by a few levels.
///
/// @param quality from 1 to 100
record JpegCompression(double quality) implements Distortion {

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) throws IOException {
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(encoded(buffered(image))));
    double[][] values = new double[3][image.height() * image.width()];
    for (int i = 0; i < values[0].length; i++) {
      int rgb = read.getRGB(i % image.width(), i / image.width());
      for (int c = 0; c < 3; c++) {
        values[c][i] = Planes.ofLevel(rgb >> (16 - 8 * c) & 0xff);
      }
    }
    return new Planes(image.height(), image.width(), values);
  }

  private static BufferedImage buffered(Planes image) {
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < image.height() * image.width(); i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = rgb << 8 | (int) Math.rint(image.channel(c)[i] * 255);
      }
      buffered.setRGB(i % image.width(), i / image.width(), rgb);
    }
    return buffered;
  }

  /// By which the standard quantisation tables are multiplied: in whole hundredths, which the
  /// platform's codec does not round to.
  private double tableFactor() {
    return Math.floor(quality < 50 ? 5000 / quality : 200 - 2 * quality) / 100;
  }

  private byte[] encoded(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    double factor = tableFactor();
    parameters.setCompressionQuality((float) (factor > 1 ? 0.5 / factor : 1 - factor / 2));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
