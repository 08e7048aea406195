package topolip.perturb.corruption;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;

/// An image stored as JPEG and read again, by the platform's codec.
///
/// Colours have half the resolution, and the quality is the scale of the Independent JPEG Group, as
/// published; decoders differ by a few levels.
///
/// To open the codec costs as much as to use it: it stays open until this is closed, and so do its
/// streams and what it is told about the images.
final class JpegCompression implements LevelDistortion {
  private final ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
  private final ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
  private final MemoryStream stream = new MemoryStream();
  private final byte[] rgb;
  private final IIOImage image;
  private final ImageWriteParam writing;
  private final ImageReadParam reading;

  /// @param quality from 1 to 100
  /// @param side of the images
  JpegCompression(double quality, int side) {
    DataBufferByte buffer = new DataBufferByte(3 * side * side);
    this.rgb = buffer.getData();
    // Red first, as in the codec: it copies whole rows then.
    WritableRaster raster =
        Raster.createInterleavedRaster(buffer, side, side, 3 * side, 3, new int[] {0, 1, 2}, null);
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            ComponentColorModel.OPAQUE,
            DataBuffer.TYPE_BYTE);
    BufferedImage buffered = new BufferedImage(colours, raster, false, null);
    this.writing = writer.getDefaultWriteParam();
    writing.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    writing.setCompressionQuality(compressionQuality(quality));
    this.image =
        new IIOImage(
            buffered,
            null,
            writer.getDefaultImageMetadata(new ImageTypeSpecifier(buffered), writing));
    this.reading = reader.getDefaultReadParam();
    reading.setDestination(buffered);
    writer.setOutput(stream);
  }

  /// That by which the standard quantisation tables are multiplied as by this quality: in whole
  /// hundredths, which the platform's codec does not round to.
  private static float compressionQuality(double quality) {
    double factor = Math.floor(quality < 50 ? 5000 / quality : 200 - 2 * quality) / 100;
    return (float) (factor > 1 ? 0.5 / factor : 1 - factor / 2);
  }

  @Override
  public void close() {
    writer.dispose();
    reader.dispose();
  }

  @Override
  public void apply(int[] levels) throws IOException {
    int plane = levels.length / 3;
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < plane; i++) {
        rgb[3 * i + c] = (byte) levels[c * plane + i];
      }
    }
    stream.clear();
    writer.write(null, image, writing);
    stream.seek(0);
    reader.setInput(stream, true, true);
    reader.read(0, reading);
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < plane; i++) {
        levels[c * plane + i] = rgb[3 * i + c] & 0xff;
      }
    }
  }
}
