package topolip.torch;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Computes the layers with libtorch. All tensors belong to the scopes of the caller.
final class TorchLayers implements Layers<Tensor> {
  static final double BATCH_NORM_EPS = 1e-5;
  static final double LAYER_NORM_EPS = 1e-6;
  private static final double MOMENTUM = 0.1;

  private final TensorStore weights;
  private final Pass pass;
  private final Taps taps;

  /// What a network is run for.
  enum Pass {
    /// Logits and first derivatives, in evaluation mode.
    EVALUATION(false, true),
    /// The same with second derivatives, which libtorch's attention in one step has not.
    TWICE_DIFFERENTIABLE(false, false),
    /// Batch normalisation normalises by the batch, and learns from it.
    TRAINING(true, true);

    private final boolean training;
    private final boolean fused;

    Pass(boolean training, boolean fused) {
      this.training = training;
      this.fused = fused;
    }
  }

  /// Who sees the output of each tap.
  interface Taps {

    /// @param block whether nothing but `output` is used from here on
    void see(String name, boolean block, Tensor output);
  }

  TorchLayers(TensorStore weights, Pass pass, Taps taps) {
    this.weights = weights;
    this.pass = pass;
    this.taps = taps;
  }

  private TensorOptional weight(String name) {
    return new TensorOptional(weights.get(name));
  }

  private Tensor tap(String name, Tensor output) {
    taps.see(name, false, output);
    return output;
  }

  @Override
  public Tensor convolution(String name, Tensor image, Convolution layer) {
    TensorOptional bias = layer.bias() ? weight(name + ".bias") : new TensorOptional();
    long[] stride = {layer.stride(), layer.stride()};
    long[] padding = {layer.padding(), layer.padding()};
    long[] dilation = {1, 1};
    return tap(
        name,
        torch.conv2d(image, weights.get(name + ".weight"), bias, stride, padding, dilation, 1));
  }

  @Override
  public Tensor linear(String name, Tensor x, Linear layer) {
    Tensor weight = weights.get(name + ".weight"); // (out, in)
    TensorOptional bias = weight(name + ".bias");
    return tap(name, TokenProduct.of(x, weight, bias));
  }

  @Override
  public Tensor batchNorm(String name, Tensor image, int channels) {
    return tap(
        name,
        torch.batch_norm(
            image,
            weight(name + ".weight"),
            weight(name + ".bias"),
            weight(name + ".running_mean"),
            weight(name + ".running_var"),
            pass.training,
            MOMENTUM,
            BATCH_NORM_EPS,
            false));
  }

  @Override
  public Tensor layerNorm(String name, Tensor tokens, int width) {
    return tap(
        name,
        torch.layer_norm(
            tokens,
            new long[] {width},
            weight(name + ".weight"),
            weight(name + ".bias"),
            LAYER_NORM_EPS,
            false));
  }

  /// In the place of its argument where no gradient is asked for.
  @Override
  public Tensor relu(Tensor x) {
    return GradMode.is_enabled() ? torch.relu(x) : x.relu_();
  }

  @Override
  public Tensor gelu(Tensor x) {
    return torch.gelu(x);
  }

  @Override
  public Tensor add(Tensor a, Tensor b) {
    return a.add(b);
  }

  @Override
  public Tensor maxPool(Tensor image) {
    return torch.max_pool2d(
        image, new long[] {3, 3}, new long[] {2, 2}, new long[] {1, 1}, new long[] {1, 1}, false);
  }

  @Override
  public Tensor subsample(Tensor image, int in, int stride, int channels) {
    LongOptional all = new LongOptional();
    int side = (channels - in) / 2;
    Tensor strided = image.slice(2, all, all, stride).slice(3, all, all, stride);
    return torch.constant_pad_nd(strided, 0, 0, 0, 0, side, side);
  }

  /// Row-major first: libtorch rounds the last channels of channels-last images in another way.
  @Override
  public Tensor spaceMean(Tensor image) {
    return image.contiguous().mean(2, 3);
  }

  @Override
  public Tensor tokenMean(Tensor tokens) {
    return tokens.mean(1);
  }

  @Override
  public Tensor firstToken(Tensor tokens) {
    return tokens.select(1, 0);
  }

  @Override
  public Tensor tokens(Tensor image) {
    return image.flatten(2, 3).transpose(1, 2).contiguous();
  }

  @Override
  public Tensor transposed(Tensor tokens) {
    return tokens.transpose(1, 2);
  }

  @Override
  public Tensor classToken(String name, Tensor tokens, int width) {
    Tensor token = weights.get(name).expand(tokens.size(0), 1, width);
    return tap(name, torch.cat(new TensorVector(token, tokens), 1));
  }

  @Override
  public Tensor positions(String name, Tensor tokens, int count, int width) {
    return tap(name, tokens.add(weights.get(name)));
  }

  @Override
  public Tensor attention(String name, Tensor queriesKeysValues, int width, int heads) {
    long batch = queriesKeysValues.size(0);
    long tokens = queriesKeysValues.size(1);
    int each = width / heads;
    Tensor parts = // (3, batch, heads, tokens, each)
        queriesKeysValues.reshape(batch, tokens, 3, heads, each).permute(2, 0, 3, 1, 4);
    Tensor queries = parts.select(0, 0);
    Tensor keys = parts.select(0, 1);
    Tensor values = parts.select(0, 2);
    Tensor mixed = // (batch, heads, tokens, each)
        pass.fused
            ? torch.scaled_dot_product_attention(queries, keys, values)
            : mixed(queries.mul(new Scalar(1 / Math.sqrt(each))), keys, values);
    return tap(name, mixed.transpose(1, 2).reshape(batch, tokens, width));
  }

  private static Tensor mixed(Tensor queries, Tensor keys, Tensor values) {
    Tensor scores = queries.matmul(keys.transpose(2, 3)); // (…, tokens, tokens)
    return torch.softmax(scores, -1).matmul(values);
  }

  /// From here on images have their channels beside each other, as oneDNN's convolutions want them.
  /// `to` orders images of one channel as well, which `contiguous` leaves as they are.
  @Override
  public Tensor normalise(Tensor images, Normalisation normalisation) {
    int channels = normalisation.mean().size();
    float[] mean = new float[channels];
    float[] std = new float[channels];
    for (int c = 0; c < channels; c++) {
      mean[c] = normalisation.mean().get(c).floatValue();
      std[c] = normalisation.std().get(c).floatValue();
    }
    return images
        .to(
            ScalarType.Float,
            false,
            false,
            new MemoryFormatOptional(torch.MemoryFormat.ChannelsLast))
        .sub(TensorArrays.tensor(mean, 1, channels, 1, 1))
        .div(TensorArrays.tensor(std, 1, channels, 1, 1));
  }

  @Override
  public Tensor block(String name, String kind, Tensor x) {
    taps.see(name, true, x);
    return x;
  }
}
