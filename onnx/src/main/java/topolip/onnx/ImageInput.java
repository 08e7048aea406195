package topolip.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import topolip.dataset.ImageShape;
import topolip.model.ModelException;

/// How a model takes images.
///
/// @param shape of an image
/// @param channelsLast `(batch, height, width, channels)` rather than `(batch, channels, …)`
/// @param batch the number of images that it takes at once; 0 for any
record ImageInput(String name, ImageShape shape, boolean channelsLast, int batch) {
  private static final int RANK = 4;

  /// Reads it from the graph: the one input of rank 4. Channels are the axis of length 1 or 3, the
  /// second if neither says.
  ///
  /// @param data the shape of the images that will be given, for sides that the model leaves open;
  ///   null if unknown
  static ImageInput of(OnnxFile file, @Nullable ImageShape data) throws ModelException {
    ValueInfoProto input = find(file);
    TensorShapeProto sides = input.getType().getTensorType().getShape();
    boolean channelsLast = !isChannels(side(sides, 1)) && isChannels(side(sides, 3));
    int[] axes = channelsLast ? new int[] {3, 1, 2} : new int[] {1, 2, 3};
    int[] given =
        data == null ? new int[3] : new int[] {data.channels(), data.height(), data.width()};
    int[] shape = new int[3];
    for (int a = 0; a < 3; a++) {
      shape[a] = side(sides, axes[a]) > 0 ? side(sides, axes[a]) : given[a];
      if (shape[a] == 0) {
        throw new ModelException(
            file.path(), "takes images of any size; say which with --input, such as 3x224x224");
      }
    }
    ImageShape wanted = new ImageShape(shape[0], shape[1], shape[2]);
    if (data != null && !wanted.equals(data)) {
      throw new ModelException(
          file.path(), "takes images of %s, but the data have %s".formatted(wanted, data));
    }
    return new ImageInput(input.getName(), wanted, channelsLast, side(sides, 0));
  }

  private static ValueInfoProto find(OnnxFile file) throws ModelException {
    GraphProto graph = file.graph();
    Set<String> initializers =
        graph.getInitializerList().stream().map(t -> t.getName()).collect(Collectors.toSet());
    List<ValueInfoProto> inputs =
        graph.getInputList().stream().filter(i -> !initializers.contains(i.getName())).toList();
    List<ValueInfoProto> images =
        inputs.stream()
            .filter(i -> i.getType().getTensorType().getShape().getDimCount() == RANK)
            .toList();
    if (inputs.size() != 1 || images.size() != 1) {
      throw new ModelException(
          file.path(),
          "has the inputs %s; expected one, of images (batch, channels, height, width)"
              .formatted(inputs.stream().map(ValueInfoProto::getName).toList()));
    }
    int type = images.getFirst().getType().getTensorType().getElemType();
    if (type != TensorProto.DataType.FLOAT_VALUE) {
      throw new ModelException(
          file.path(),
          "takes %s, not float32; export it in float32"
              .formatted(TensorProto.DataType.forNumber(type)));
    }
    return images.getFirst();
  }

  /// The length of an axis, 0 if the model leaves it open.
  private static int side(TensorShapeProto sides, int axis) {
    return Math.toIntExact(Math.max(0, sides.getDim(axis).getDimValue()));
  }

  private static boolean isChannels(int side) {
    return side == 1 || side == 3;
  }

  /// The axes of a batch of `count` images.
  long[] axes(int count) {
    return channelsLast
        ? new long[] {count, shape.height(), shape.width(), shape.channels()}
        : new long[] {count, shape.channels(), shape.height(), shape.width()};
  }

  /// A batch of `(channels, height, width)` images in the order that the model takes.
  float[] arranged(float[] images, int count) {
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
