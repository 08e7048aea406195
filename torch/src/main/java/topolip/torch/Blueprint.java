package topolip.torch;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import topolip.dataset.ImageShape;
import topolip.model.Tap;

/// Reads from an architecture what weights and taps it has.
///
/// A tensor is the shape of one sample's part of it. Layers that do not fit together are refused.
final class Blueprint implements Layers<int[]> {
  /// The name of the tap that is the images.
  static final String INPUT = "images";

  private final Map<String, TensorSpec> tensors = new LinkedHashMap<>();
  private final Map<String, Tap> taps = new LinkedHashMap<>();
  private long pending;

  private Blueprint() {}

  /// @throws IllegalArgumentException if the architecture cannot take such images
  static Blueprint of(Network network) {
    Blueprint blueprint = new Blueprint();
    ImageShape input = network.input();
    int[] images = {input.channels(), input.height(), input.width()};
    blueprint.tap(INPUT, "input", true, images);
    network.logits(blueprint, images);
    return blueprint;
  }

  /// In the order of evaluation.
  List<TensorSpec> tensors() {
    return List.copyOf(tensors.values());
  }

  List<Tap> taps() {
    return List.copyOf(taps.values());
  }

  long parameters() {
    return tensors.values().stream()
        .filter(TensorSpec::trained)
        .mapToLong(TensorSpec::values)
        .reduce(0, Math::addExact);
  }

  private void tensor(String name, Initial initial, boolean trained, int... shape) {
    TensorSpec spec = TensorSpec.of(name, initial, trained, shape);
    if (tensors.put(name, spec) != null) {
      throw new IllegalArgumentException("two tensors are named " + name);
    }
    pending += trained ? spec.values() : 0;
  }

  /// A block that ends in a named layer is one tap.
  private int[] tap(String name, String kind, boolean block, int... shape) {
    List<Integer> sides = Arrays.stream(shape).boxed().toList();
    Tap before = taps.get(name);
    if (before == null) {
      taps.put(name, new Tap(taps.size(), name, kind, sides, pending, block));
    } else if (block && before.index() == taps.size() - 1 && before.shape().equals(sides)) {
      taps.put(name, new Tap(before.index(), name, kind, sides, before.parameters(), true));
    } else {
      throw new IllegalArgumentException("two taps are named " + name);
    }
    pending = 0;
    return shape;
  }

  private static void require(boolean fits, String name, int[] shape, Object layer) {
    if (!fits) {
      throw new IllegalArgumentException(
          "%s: %s does not take %s".formatted(name, layer, Arrays.toString(shape)));
    }
  }

  @Override
  public int[] convolution(String name, int[] image, Convolution layer) {
    int height = (image[1] + 2 * layer.padding() - layer.kernel()) / layer.stride() + 1;
    int width = (image[2] + 2 * layer.padding() - layer.kernel()) / layer.stride() + 1;
    require(image[0] == layer.in() && height > 0 && width > 0, name, image, layer);
    int kernel = layer.kernel();
    tensor(name + ".weight", layer.weights(), true, layer.out(), layer.in(), kernel, kernel);
    if (layer.bias()) {
      tensor(name + ".bias", Initial.ZERO, true, layer.out());
    }
    return tap(name, "Conv", false, layer.out(), height, width);
  }

  @Override
  public int[] linear(String name, int[] x, Linear layer) {
    require(x[x.length - 1] == layer.in(), name, x, layer);
    tensor(name + ".weight", layer.weights(), true, layer.out(), layer.in());
    tensor(name + ".bias", Initial.ZERO, true, layer.out());
    int[] shape = x.clone();
    shape[x.length - 1] = layer.out();
    return tap(name, "Gemm", false, shape);
  }

  @Override
  public int[] batchNorm(String name, int[] image, int channels) {
    require(image.length == 3 && image[0] == channels, name, image, "batch norm of " + channels);
    tensor(name + ".weight", Initial.ONE, true, channels);
    tensor(name + ".bias", Initial.ZERO, true, channels);
    tensor(name + ".running_mean", Initial.ZERO, false, channels);
    tensor(name + ".running_var", Initial.ONE, false, channels);
    return tap(name, "BatchNormalization", false, image);
  }

  @Override
  public int[] layerNorm(String name, int[] tokens, int width) {
    require(tokens[tokens.length - 1] == width, name, tokens, "layer norm of " + width);
    tensor(name + ".weight", Initial.ONE, true, width);
    tensor(name + ".bias", Initial.ZERO, true, width);
    return tap(name, "LayerNormalization", false, tokens);
  }

  @Override
  public int[] relu(int[] x) {
    return x;
  }

  @Override
  public int[] gelu(int[] x) {
    return x;
  }

  @Override
  public int[] add(int[] a, int[] b) {
    require(Arrays.equals(a, b), "add", a, "a sum with " + Arrays.toString(b));
    return a;
  }

  @Override
  public int[] maxPool(int[] image) {
    return new int[] {image[0], (image[1] - 1) / 2 + 1, (image[2] - 1) / 2 + 1};
  }

  @Override
  public int[] subsample(int[] image, int in, int stride, int channels) {
    require(image[0] == in && (channels - in) % 2 == 0, "subsample", image, channels + " channels");
    return new int[] {channels, (image[1] - 1) / stride + 1, (image[2] - 1) / stride + 1};
  }

  @Override
  public int[] spaceMean(int[] image) {
    return new int[] {image[0]};
  }

  @Override
  public int[] tokenMean(int[] tokens) {
    return new int[] {tokens[1]};
  }

  @Override
  public int[] firstToken(int[] tokens) {
    return new int[] {tokens[1]};
  }

  @Override
  public int[] tokens(int[] image) {
    return new int[] {Math.multiplyExact(image[1], image[2]), image[0]};
  }

  @Override
  public int[] transposed(int[] tokens) {
    return new int[] {tokens[1], tokens[0]};
  }

  @Override
  public int[] classToken(String name, int[] tokens, int width) {
    require(tokens[1] == width, name, tokens, "a class token of " + width);
    tensor(name, Initial.TRANSFORMER, true, 1, 1, width);
    return tap(name, "Concat", false, tokens[0] + 1, width);
  }

  @Override
  public int[] positions(String name, int[] tokens, int count, int width) {
    require(tokens[0] == count && tokens[1] == width, name, tokens, count + " positions");
    tensor(name, Initial.TRANSFORMER, true, 1, count, width);
    return tap(name, "Add", false, tokens);
  }

  @Override
  public int[] attention(String name, int[] queriesKeysValues, int width, int heads) {
    require(
        queriesKeysValues[1] == 3 * width && width % heads == 0,
        name,
        queriesKeysValues,
        heads + " heads");
    return tap(name, "Attention", false, queriesKeysValues[0], width);
  }

  @Override
  public int[] normalise(int[] images, Normalisation normalisation) {
    return images;
  }

  @Override
  public int[] block(String name, String kind, int[] x) {
    return tap(name, kind, true, x);
  }
}
