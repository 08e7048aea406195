package topolip.model;

import java.util.List;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;

/// A classification network whose activations can be read.
///
/// Whoever opens a model closes it. Calls on one model must not overlap.
public interface Model extends AutoCloseable {

  /// A short name for tables, such as the file's name without its ending.
  String name();

  /// The shape of the images that the model takes.
  ImageShape inputShape();

  /// The number of classes: the width of the logits.
  int classes();

  /// The number of trained values.
  long parameters();

  /// SHA-256 of what the model was loaded from, in hexadecimal.
  String sha256();

  /// Every tap of the model, in the order of evaluation, from the input to the logits.
  List<Tap> taps();

  /// Runs the model once.
  ///
  /// @param batch images in [0, 1] of shape [#inputShape()]
  /// @param taps what to read, each one of [#taps()]
  Forward forward(Images batch, List<Tap> taps);

  @Override
  void close();
}
