package topolip.perturb.corruption;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.apache.commons.rng.UniformRandomProvider;

/// Where frost comes from.
public sealed interface FrostTextures {

  /// A part of a texture, `(3, height, width)`.
  ///
  /// @throws IOException if there is none
  Planes draw(int height, int width, int size, UniformRandomProvider random) throws IOException;

  /// A drawn texture, bluish white, of this program: the benchmark has photographs.
  record Procedural() implements FrostTextures {
    private static final double DECAY = 1.8;
    private static final double[] COLOUR = {0.85, 0.93, 1};

    @Override
    public Planes draw(int height, int width, int size, UniformRandomProvider random) {
      int least = Math.max(height, width);
      double[] plasma = Plasma.of(least, DECAY, random);
      double[][] values = new double[3][height * width];
      for (int i = 0; i < height * width; i++) {
        double value = plasma[i / width * Plasma.side(least) + i % width];
        // Bright along the lines where the field crosses its middle, as crystals have ridges.
        double ridge = 1 - Math.abs(2 * value - 1);
        for (int c = 0; c < 3; c++) {
          values[c][i] = COLOUR[c] * ridge * ridge;
        }
      }
      return new Planes(height, width, values);
    }
  }

  /// The photographs in a folder: with the six that were published with the benchmark, its frost.
  ///
  /// The published programs choose among the first five, and never take the sixth; so it is here.
  /// For images of 32 and 64 pixels they are reduced to 0.2 and 0.3 of their size first.
  final class Photographs implements FrostTextures {
    private static final int CHOSEN = 5;

    private final List<Planes> photographs;
    private final Path folder;

    private final Map<Reduced, Planes> reduced = new ConcurrentHashMap<>();

    private record Reduced(int photograph, double factor) {}

    private Photographs(Path folder, List<Planes> photographs) {
      this.folder = folder;
      this.photographs = photographs;
    }

    /// Reads the first five images of a folder, in the order of their names.
    ///
    /// @throws IOException if there are none, or one cannot be read; the message names it
    public static Photographs in(Path folder) throws IOException {
      List<Path> files;
      try (var all = Files.list(folder)) {
        files = all.filter(Photographs::isImage).sorted().limit(CHOSEN).toList();
      }
      if (files.isEmpty()) {
        throw new IOException(folder + ": has no PNG or JPEG images of frost");
      }
      List<Planes> photographs = new ArrayList<>();
      for (Path file : files) {
        photographs.add(read(file));
      }
      return new Photographs(folder, photographs);
    }

    private static boolean isImage(Path file) {
      String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
      return name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg");
    }

    private static Planes read(Path file) throws IOException {
      BufferedImage image = ImageIO.read(file.toFile());
      if (image == null) {
        throw new IOException(file + ": is no image");
      }
      double[][] values = new double[3][image.getHeight() * image.getWidth()];
      for (int i = 0; i < values[0].length; i++) {
        int rgb = image.getRGB(i % image.getWidth(), i / image.getWidth());
        for (int c = 0; c < 3; c++) {
          values[c][i] = (rgb >> (16 - 8 * c) & 0xff) / 255.0;
        }
      }
      return new Planes(image.getHeight(), image.getWidth(), values);
    }

    @Override
    public Planes draw(int height, int width, int size, UniformRandomProvider random)
        throws IOException {
      int chosen = random.nextInt(photographs.size());
      Planes photograph = size > 64 ? photographs.get(chosen) : reduced(chosen, size);
      int rows = photograph.height();
      int columns = photograph.width();
      if (rows <= height || columns <= width) {
        throw new IOException(
            "%s: a photograph is %d x %d pixels, too small for images of %d x %d"
                .formatted(folder, columns, rows, width, height));
      }
      int top = random.nextInt(rows - height);
      int left = random.nextInt(columns - width);
      return photograph.part(top, left, height, width);
    }

    private Planes reduced(int chosen, int size) {
      double factor = size == 32 ? 0.2 : 0.3;
      return reduced.computeIfAbsent(
          new Reduced(chosen, factor), key -> reduced(photographs.get(chosen), factor));
    }

    /// In 256 levels.
    private static Planes reduced(Planes photograph, double factor) {
      int rows = (int) Math.rint(photograph.height() * factor);
      int columns = (int) Math.rint(photograph.width() * factor);
      double[][] values = new double[3][rows * columns];
      for (int i = 0; i < rows * columns; i++) {
        int row = i / columns;
        double y = (row + 0.5) / factor - 0.5;
        double x = (i % columns + 0.5) / factor - 0.5;
        Bilinear.at(photograph, y, x, Edge.NEAREST, values, i);
        for (double[] plane : values) {
          plane[i] = Math.rint(plane[i] * 255) / 255;
        }
      }
      return new Planes(rows, columns, values);
    }

    @Override
    public String toString() {
      return folder.toString();
    }
  }
}
