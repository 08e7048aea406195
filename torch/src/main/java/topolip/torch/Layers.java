package topolip.torch;

/// What architectures are written in, so that one text gives the shapes, the computation on
/// libtorch and the ONNX graph.
///
/// Shapes are `(batch, channels, height, width)` for images and `(batch, tokens, width)` for
/// sequences. A layer with a name has its weights under that name, and its output is a tap.
///
/// @param <T> what stands for a tensor
interface Layers<T> {

  /// A square convolution; its kernel moves `stride` pixels over an image padded with zeros.
  record Convolution(
      int in, int out, int kernel, int stride, int padding, boolean bias, Initial weights) {

    /// Without bias, as in front of a normalisation, padded so that stride 1 keeps the size.
    static Convolution same(int in, int out, int kernel, int stride) {
      return new Convolution(in, out, kernel, stride, kernel / 2, false, Initial.KAIMING);
    }

    /// Cuts the image into patches and maps each to `out` channels.
    static Convolution patches(int in, int out, int patch) {
      return new Convolution(in, out, patch, patch, 0, true, Initial.FAN_IN);
    }
  }

  /// A linear map of the last axis, with bias.
  record Linear(int in, int out, Initial weights) {}

  T convolution(String name, T image, Convolution layer);

  T linear(String name, T x, Linear layer);

  /// Batch normalisation over `(batch, height, width)`, ε = 10⁻⁵, momentum 0.1.
  T batchNorm(String name, T image, int channels);

  /// Layer normalisation over the last axis, ε = 10⁻⁶.
  T layerNorm(String name, T tokens, int width);

  /// max(x, 0); x may be overwritten, and is not used again.
  T relu(T x);

  /// x Φ(x), exact.
  T gelu(T x);

  T add(T a, T b);

  /// The largest of 3 × 3 pixels at every second place.
  T maxPool(T image);

  /// Every `stride`-th pixel, with channels of zeros added evenly on both sides of `in` up to
  /// `channels`.
  T subsample(T image, int in, int stride, int channels);

  /// `(batch, channels, height, width)` → `(batch, channels)`.
  T spaceMean(T image);

  /// `(batch, tokens, width)` → `(batch, width)`.
  T tokenMean(T tokens);

  /// `(batch, tokens, width)` → `(batch, width)`, the first token.
  T firstToken(T tokens);

  /// `(batch, channels, height, width)` → `(batch, height · width, channels)`.
  T tokens(T image);

  /// `(batch, tokens, width)` → `(batch, width, tokens)`.
  T transposed(T tokens);

  /// Puts a trained token in front: `(batch, tokens, width)` → `(batch, 1 + tokens, width)`.
  T classToken(String name, T tokens, int width);

  /// Adds a trained vector to each token.
  T positions(String name, T tokens, int count, int width);

  /// Multi-head self-attention, `softmax(q kᵀ / √d) v` of each head: `(batch, tokens, 3 · width)`,
  /// in the order query, key, value → `(batch, tokens, width)`.
  T attention(String name, T queriesKeysValues, int width, int heads);

  /// (pixel − mean) / std of each channel.
  T normalise(T images, Normalisation normalisation);

  /// Marks the output of a block, behind which only this tensor is used.
  ///
  /// @param kind what made it, such as `Add`
  T block(String name, String kind, T x);
}
