package topolip.dataset;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Decodes image files, in RGB: grey ones are repeated thrice, transparency is laid on black.
///
/// Resizing halves with bilinear interpolation down to less than twice the size, then interpolates
/// once more: close to averaging over areas.
final class ImageFile {
  private static final long MOST_PIXELS = 100_000_000;

  private ImageFile() {}

  /// An image, resized and cropped as asked for.
  ///
  /// @throws DatasetException if it is none, is damaged, is huge, or is too small to crop
  static BufferedImage read(Path file, DataSource.Folder options) throws IOException {
    BufferedImage image = decoded(file);
    if (options.resize() != null) {
      double factor = (double) options.resize() / Math.min(image.getWidth(), image.getHeight());
      image =
          resized(
              image,
              (int) Math.max(1, Math.round(image.getWidth() * factor)),
              (int) Math.max(1, Math.round(image.getHeight() * factor)));
    }
    if (options.crop() != null) {
      int side = options.crop();
      int x = (image.getWidth() - side) / 2;
      int y = (image.getHeight() - side) / 2;
      if (image.getWidth() < side || image.getHeight() < side) {
        throw new DatasetException(
            file,
            "is %d x %d pixels, too small to crop to %d; use --resize %d"
                .formatted(image.getWidth(), image.getHeight(), side, side));
      }
      image = image.getSubimage(x, y, side, side);
    }
    return image;
  }

  /// The header is read first: a small file may claim billions of pixels.
  private static BufferedImage decoded(Path file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new DatasetException(file, "is no PNG or JPEG image");
      }
      ImageReader reader = readers.next();
      reader.setInput(in);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > MOST_PIXELS) {
        throw new DatasetException(
            file, "has %,d pixels, more than %,d".formatted(pixels, MOST_PIXELS));
      }
      BufferedImage image = reader.read(0);
      return drawn(image, image.getWidth(), image.getHeight());
    } catch (DatasetException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DatasetException(file, "is damaged: " + e.getMessage(), e);
    }
  }

  private static BufferedImage resized(BufferedImage image, int width, int height) {
    BufferedImage current = image;
    while (current.getWidth() >= 2 * width && current.getHeight() >= 2 * height) {
      current = drawn(current, current.getWidth() / 2, current.getHeight() / 2);
    }
    return drawn(current, width, height);
  }

  private static BufferedImage drawn(BufferedImage image, int width, int height) {
    BufferedImage rgb = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = rgb.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(image, 0, 0, width, height, null);
    graphics.dispose();
    return rgb;
  }
}
