package topolip.model;

import java.util.List;

/// A place in a network where activations can be read.
///
/// @param index its place in the order of evaluation; 0 is the input
/// @param name the tensor's name, unique in the model
/// @param kind the operation that makes it, in the words of the engine (`Add`, `Relu`, `input`)
/// @param shape of one sample's activation, without the batch
/// @param parameters how many trained values enter between the tap listed before it and this one
/// @param block whether it is a block output: what `--layers auto` picks
public record Tap(
    int index, String name, String kind, List<Integer> shape, long parameters, boolean block) {

  public Tap {
    shape = List.copyOf(shape);
  }

  /// The number of values of one sample's activation.
  public long features() {
    long product = 1;
    for (int side : shape) {
      product = Math.multiplyExact(product, side);
    }
    return product;
  }
}
