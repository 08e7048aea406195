package topolip.perturb.corruption;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
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
/// To open the codec costs as much as to use it: it stays open until this is closed.
final class JpegCompression implements Distortion {
  private final double quality;
  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
  private final ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();

  /// @param quality from 1 to 100
  JpegCompression(double quality) {
    this.quality = quality;
  }

  @Override
  public void close() {
    writer.dispose();
    reader.dispose();
  }

  @Override
  public Planes apply(Planes image, UniformRandomProvider random) throws IOException {
    int height = image.height();
    int width = image.width();
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    byte[] bgr = ((DataBufferByte) buffered.getRaster().getDataBuffer()).getData();
    for (int c = 0; c < 3; c++) {
      double[] plane = image.channel(c);
      for (int i = 0; i < plane.length; i++) {
        bgr[3 * i + 2 - c] = (byte) (int) Math.rint(plane[i] * 255);
      }
    }
    decode(encoded(buffered), buffered);
    double[][] values = new double[3][height * width];
    for (int c = 0; c < 3; c++) {
      double[] plane = values[c];
      for (int i = 0; i < plane.length; i++) {
        plane[i] = Planes.ofLevel(bgr[3 * i + 2 - c] & 0xff);
      }
    }
    return new Planes(height, width, values);
  }

  /// Streams are in memory: those that ImageIO chooses by itself are files.
  private void decode(byte[] jpeg, BufferedImage into) throws IOException {
    ImageReadParam parameters = reader.getDefaultReadParam();
    parameters.setDestination(into);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
      reader.setInput(in, true, true);
      reader.read(0, parameters);
    } finally {
      reader.reset();
    }
  }

  /// By which the standard quantisation tables are multiplied: in whole hundredths, which the
  /// platform's codec does not round to.
  private double tableFactor() {
    return Math.floor(quality < 50 ? 5000 / quality : 200 - 2 * quality) / 100;
  }

  private byte[] encoded(BufferedImage image) throws IOException {
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    double factor = tableFactor();
    parameters.setCompressionQuality((float) (factor > 1 ? 0.5 / factor : 1 - factor / 2));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.reset();
    }
    return bytes.toByteArray();
  }
}
