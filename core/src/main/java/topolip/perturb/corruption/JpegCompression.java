package topolip.perturb.corruption;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
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
    int[] rgb = decoded(encoded(buffered(image)), image.height(), image.width());
    double[][] values = new double[3][rgb.length];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < rgb.length; i++) {
        values[c][i] = Planes.ofLevel(rgb[i] >> (16 - 8 * c) & 0xff);
      }
    }
    return new Planes(image.height(), image.width(), values);
  }

  /// Streams are in memory: those that ImageIO chooses by itself are files.
  private static int[] decoded(byte[] jpeg, int height, int width) throws IOException {
    ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(in);
      return reader.read(0).getRGB(0, 0, width, height, null, 0, width);
    } finally {
      reader.dispose();
    }
  }

  private static BufferedImage buffered(Planes image) {
    int[] rgb = new int[image.height() * image.width()];
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = rgb[i] << 8 | (int) Math.rint(image.channel(c)[i] * 255);
      }
    }
    BufferedImage buffered =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    buffered.setRGB(0, 0, image.width(), image.height(), rgb, 0, image.width());
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
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
