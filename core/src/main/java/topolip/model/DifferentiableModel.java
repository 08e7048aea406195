package topolip.model;

import topolip.dataset.Images;

/// A model that also tells how its outputs change with its images.
///
/// Samples do not influence each other: each gradient is of one sample's own output. Always in
/// evaluation mode: logits are those of [#forward], bit for bit, and nothing of the model changes.
public interface DifferentiableModel extends Model {

  /// The loss of each sample, and its gradient with respect to the sample's pixels.
  ///
  /// One run forwards and one back.
  ///
  /// @param batch images in [0, 1] of shape [#inputShape()]
  LossGradient lossGradient(Images batch, Loss loss);

  /// The product of a vector a sample with the Jacobian of a tap with respect to the pixels, `vᵀ
  /// ∂tap/∂image`: `(samples, channels, height, width)`.
  ///
  /// One run forwards and one back.
  ///
  /// @param tap one of [#taps()]
  /// @param vectors `(samples, features)`
  /// @throws IllegalArgumentException if the vectors do not fit the batch and the tap
  float[] vectorJacobian(Images batch, Tap tap, float[] vectors);

  /// The product of the Jacobian of a tap with respect to the pixels with a direction a sample,
  /// `∂tap/∂image · d`: `(samples, features)`.
  ///
  /// One run forwards and two back.
  ///
  /// @param tap one of [#taps()]
  /// @param directions `(samples, channels, height, width)`
  /// @throws IllegalArgumentException if the directions do not fit the batch
  float[] jacobianVector(Images batch, Tap tap, float[] directions);
}
