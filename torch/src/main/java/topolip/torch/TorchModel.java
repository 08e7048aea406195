package topolip.torch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.model.DifferentiableModel;
import topolip.model.Forward;
import topolip.model.Loss;
import topolip.model.LossGradient;
import topolip.model.Tap;

/// A built-in network on libtorch, on the CPU.
///
/// Whoever opens it closes it; calls must not overlap.
public final class TorchModel implements DifferentiableModel {
  private final String name;
  private final String sha256;
  private final Network network;
  private final Blueprint blueprint;
  private final TensorStore weights;
  private final int threads;

  private TorchModel(String name, NetworkWeights weights, int threads) {
    this.name = name;
    this.sha256 = weights.sha256();
    this.network = weights.network();
    this.blueprint = weights.blueprint();
    this.weights = TensorStore.of(weights.arrays());
    this.threads = threads;
  }

  /// A network with these weights, which are copied.
  ///
  /// @param threads that libtorch may use
  public static TorchModel of(String name, NetworkWeights weights, int threads) {
    return new TorchModel(name, weights, threads);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImageShape inputShape() {
    return network.input();
  }

  @Override
  public int classes() {
    return network.classes();
  }

  @Override
  public long parameters() {
    return blueprint.parameters();
  }

  @Override
  public String sha256() {
    return sha256;
  }

  @Override
  public List<Tap> taps() {
    return blueprint.taps();
  }

  @Override
  public Forward forward(Images batch, List<Tap> asked) {
    requireTaps(asked);
    try (NativeCall _ = NativeCall.begin(threads);
        NoGradGuard _ = new NoGradGuard();
        BlockScopes scopes = new BlockScopes()) {
      Map<String, float[]> seen = new HashMap<>();
      for (Tap tap : asked) {
        seen.put(tap.name(), batch.values());
      }
      TorchLayers layers =
          new TorchLayers(
              weights,
              TorchLayers.Pass.EVALUATION,
              (tap, block, output) -> {
                if (seen.containsKey(tap)) {
                  seen.put(tap, TensorArrays.values(output));
                }
                if (block) {
                  scopes.next(output);
                }
              });
      float[] logits = TensorArrays.values(network.logits(layers, images(batch)));
      return new Forward(
          logits, asked.stream().map(tap -> Objects.requireNonNull(seen.get(tap.name()))).toList());
    }
  }

  @Override
  public LossGradient lossGradient(Images batch, Loss loss) {
    try (NativeCall _ = NativeCall.begin(threads)) {
      Tensor images = images(batch).set_requires_grad(true);
      Tensor logits = at(images, blueprint.taps().getLast(), TorchLayers.Pass.EVALUATION);
      float[] values = TensorArrays.values(logits);
      Loss.Values losses = loss.at(values, classes());
      Tensor derivatives = TensorArrays.tensor(losses.derivatives(), batch.count(), classes());
      Tensor gradients = product(logits, images, derivatives, false);
      return new LossGradient(values, losses.losses(), TensorArrays.values(gradients));
    }
  }

  @Override
  public float[] vectorJacobian(Images batch, Tap tap, float[] vectors) {
    requireTaps(List.of(tap));
    requireLength("vectors", vectors, batch.count() * tap.features());
    try (NativeCall _ = NativeCall.begin(threads)) {
      Tensor images = images(batch).set_requires_grad(true);
      Tensor output = at(images, tap, TorchLayers.Pass.EVALUATION);
      Tensor directions = TensorArrays.tensor(vectors, output.sizes().vec().get());
      return TensorArrays.values(product(output, images, directions, false));
    }
  }

  /// By differentiating `v ↦ vᵀJ`, which is linear in v: its derivative along d is `J d`.
  @Override
  public float[] jacobianVector(Images batch, Tap tap, float[] directions) {
    requireTaps(List.of(tap));
    requireLength("directions", directions, batch.values().length);
    try (NativeCall _ = NativeCall.begin(threads)) {
      Tensor images = images(batch).set_requires_grad(true);
      Tensor output = at(images, tap, TorchLayers.Pass.TWICE_DIFFERENTIABLE);
      Tensor v = torch.zeros_like(output).set_requires_grad(true);
      Tensor pulled = product(output, images, v, true);
      Tensor along = TensorArrays.tensor(directions, images.sizes().vec().get());
      return TensorArrays.values(product(pulled, v, along, false));
    }
  }

  @Override
  public void close() {
    weights.close();
  }

  /// The output of a tap, with what is needed to go back.
  private Tensor at(Tensor images, Tap tap, TorchLayers.Pass pass) {
    if (tap.index() == 0) {
      return images.mul(new org.bytedeco.pytorch.Scalar(1.0));
    }
    List<Tensor> seen = new ArrayList<>();
    TorchLayers layers =
        new TorchLayers(
            weights,
            pass,
            (name, _, output) -> {
              if (name.equals(tap.name())) {
                seen.add(output);
              }
            });
    network.logits(layers, images);
    return seen.getLast();
  }

  /// `vᵀ ∂output/∂input`.
  private static Tensor product(Tensor output, Tensor input, Tensor v, boolean differentiable) {
    return torch
        .grad(
            new TensorVector(output),
            new TensorVector(input),
            new TensorVector(v),
            new BoolOptional(differentiable),
            differentiable,
            false)
        .get(0);
  }

  private Tensor images(Images batch) {
    ImageShape shape = network.input();
    if (!batch.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "%s takes images of %s, not %s".formatted(name, shape, batch.shape()));
    }
    return TensorArrays.tensor(
        batch.values(), batch.count(), shape.channels(), shape.height(), shape.width());
  }

  private void requireTaps(List<Tap> asked) {
    for (Tap tap : asked) {
      if (taps().stream().noneMatch(own -> own.name().equals(tap.name()))) {
        throw new IllegalArgumentException(
            "%s has no tap %s; it has %s"
                .formatted(
                    name,
                    tap.name(),
                    taps().stream().map(Tap::name).collect(Collectors.joining(", "))));
      }
    }
  }

  private static void requireLength(String what, float[] values, long expected) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "%s: %d values, expected %d".formatted(what, values.length, expected));
    }
  }
}
