package topolip.model;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.dataset.ImageShape;

/// How a model takes images.
///
/// @param shape of an image
/// @param channelsLast `(batch, height, width, channels)` rather than `(batch, channels, …)`
/// @param batch the number of images that it takes at once; 0 for any
public record ImageInput(String name, ImageShape shape, boolean channelsLast, int batch) {
  private static final int RANK = 4;

  /// An input as the graph declares it.
  ///
  /// @param type of its elements, such as `FLOAT`
  /// @param sides of its axes; 0 where the graph leaves them open
  public record Declared(String name, String type, List<Integer> sides) {
    public Declared {
      sides = List.copyOf(sides);
    }
  }

  /// How a graph with these inputs takes images: it must have one, of rank 4. Channels are the axis
  /// of length 1 or 3, the second if neither says.
  ///
  /// @param file of the graph, for messages
  /// @param data the shape of the images that will be given, for sides that the model leaves open;
  ///   null if unknown
  public static ImageInput of(Path file, List<Declared> inputs, @Nullable ImageShape data)
      throws ModelException {
    Declared input = single(file, inputs);
    List<Integer> sides = input.sides;
    boolean channelsLast = !isChannels(sides.get(1)) && isChannels(sides.get(3));
    int[] axes = channelsLast ? new int[] {3, 1, 2} : new int[] {1, 2, 3};
    int[] given =
        data == null ? new int[3] : new int[] {data.channels(), data.height(), data.width()};
    int[] shape = new int[3];
    for (int a = 0; a < 3; a++) {
      shape[a] = sides.get(axes[a]) > 0 ? sides.get(axes[a]) : given[a];
      if (shape[a] == 0) {
        throw new ModelException(
            file, "takes images of any size; say which with --input, such as 3x224x224");
      }
    }
    ImageShape wanted = new ImageShape(shape[0], shape[1], shape[2]);
    if (data != null && !wanted.equals(data)) {
      throw new ModelException(
          file, "takes images of %s, but the data have %s".formatted(wanted, data));
    }
    return new ImageInput(input.name, wanted, channelsLast, sides.getFirst());
  }

  private static Declared single(Path file, List<Declared> inputs) throws ModelException {
    if (inputs.size() != 1 || inputs.getFirst().sides.size() != RANK) {
      throw new ModelException(
          file,
          "has the inputs %s; expected one, of images (batch, channels, height, width)"
              .formatted(inputs.stream().map(Declared::name).toList()));
    }
    Declared input = inputs.getFirst();
    if (!input.type.equals("FLOAT")) {
      throw new ModelException(
          file, "takes %s, not float32; export it in float32".formatted(input.type));
    }
    return input;
  }

  private static boolean isChannels(int side) {
    return side == 1 || side == 3;
  }

  /// The axes of a batch of `count` images.
  public long[] axes(int count) {
    return channelsLast
        ? new long[] {count, shape.height(), shape.width(), shape.channels()}
        : new long[] {count, shape.channels(), shape.height(), shape.width()};
  }

  /// A batch of `(channels, height, width)` images in the order that the model takes.
  public float[] arranged(float[] images, int count) {
    if (!channelsLast) {
      return images;
    }
    int plane = shape.height() * shape.width();
    float[] result = new float[images.length];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < shape.channels(); c++) {
        int from = (i * shape.channels() + c) * plane;
        int to = i * shape.channels() * plane + c;
        for (int p = 0; p < plane; p++) {
          result[to + p * shape.channels()] = images[from + p];
        }
      }
    }
    return result;
  }
}
