package topolip.torch.onnx;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import topolip.dataset.ImageShape;
import topolip.model.ImageInput;
import topolip.torch.Normalisation;

/// How images in [0, 1] become what a graph takes.
record ImageFeed(ImageInput input, @Nullable Normalisation normalisation, Precision precision) {

  /// @throws IllegalArgumentException if there are not as many values as channels, or a standard
  ///   deviation is not positive
  static ImageFeed of(
      ImageInput input,
      @Nullable List<Double> mean,
      @Nullable List<Double> std,
      Precision precision) {
    if (mean == null && std == null) {
      return new ImageFeed(input, null, precision);
    }
    int channels = input.shape().channels();
    List<Double> centres = mean == null ? Collections.nCopies(channels, 0.0) : mean;
    List<Double> spreads = std == null ? Collections.nCopies(channels, 1.0) : std;
    if (centres.size() != channels || spreads.size() != channels) {
      throw new IllegalArgumentException(
          "mean has %d values and std %d, but the model takes images of %d channels"
              .formatted(centres.size(), spreads.size(), channels));
    }
    return new ImageFeed(input, new Normalisation(centres, spreads), precision);
  }

  /// `size` images of a batch from `from` on, `(size, channels, height, width)`; where there are
  /// fewer, the last one again, to no effect.
  Tensor images(float[] batch, int from, int count, int size) {
    ImageShape shape = input.shape();
    int each = shape.values();
    float[] values = new float[Math.multiplyExact(size, each)];
    for (int i = 0; i < size; i++) {
      System.arraycopy(batch, Math.min(from + i, count - 1) * each, values, i * each, each);
    }
    long[] sides = {size, shape.channels(), shape.height(), shape.width()};
    return TensorValues.ofFloats(values, sides).to(precision.type());
  }

  /// The rows of a batch that belong to a tensor's, in its shape; where there are fewer, zeros.
  Tensor rows(float[] batch, int from, int count, Tensor tensor) {
    int features = Math.toIntExact(tensor.numel() / tensor.size(0));
    int present = Math.toIntExact(Math.min(tensor.size(0), count - from));
    float[] values = new float[Math.toIntExact(tensor.numel())];
    System.arraycopy(batch, from * features, values, 0, present * features);
    return TensorValues.ofFloats(values, TensorValues.shape(tensor)).to(precision.type());
  }

  /// Images normalised and in the order of axes that the graph takes.
  Tensor fed(Tensor images) {
    Tensor normalised = images;
    if (normalisation != null) {
      normalised =
          images.sub(perChannel(normalisation.mean())).div(perChannel(normalisation.std()));
    }
    return input.channelsLast() ? normalised.permute(0, 2, 3, 1) : normalised;
  }

  private Tensor perChannel(List<Double> values) {
    double[] reals = new double[values.size()];
    Arrays.setAll(reals, values::get);
    return TensorValues.ofDoubles(reals, 1, reals.length, 1, 1).to(precision.type());
  }
}
