package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/// Steps are those of libtorch's own optimizers, on the loss Σ wᵢ⁴ / 4.
class OptimizationTest {
  private static final float[] START = {1, -2, 0.5f, 3, -0.25f, 0.125f};
  private static final TensorSpec MATRIX = TensorSpec.of("layer.weight", Initial.ZERO, true, 2, 3);
  private static final int STEPS = 20;

  /// What stands for an optimizer of libtorch.
  private interface Step {
    void step();
  }

  private static float[] ours(Optimizer optimizer, TensorSpec spec, double rate) {
    Map<String, FloatArray> start = Map.of(spec.name(), FloatArray.wrap(spec.shape(), START));
    try (TensorStore weights = TensorStore.of(start);
        Optimization optimization =
            Optimization.of(
                optimizer, List.of(spec), weights, Optimization.start(optimizer, List.of(spec)))) {
      weights.get(spec.name()).set_requires_grad(true);
      for (int step = 1; step <= STEPS; step++) {
        try (PointerScope _ = new PointerScope()) {
          Tensor w = weights.get(spec.name());
          optimization.step(torch.grad(new TensorVector(loss(w)), new TensorVector(w)), rate, step);
        }
      }
      return Objects.requireNonNull(weights.arrays().get(spec.name())).values();
    }
  }

  private static Tensor loss(Tensor w) {
    return torch.sum(w.mul(w).mul(w).mul(w).div(new org.bytedeco.pytorch.Scalar(4)));
  }

  private static void run(Tensor w, Step step) {
    for (int s = 0; s < STEPS; s++) {
      w.mutable_grad().reset();
      loss(w).backward();
      step.step();
    }
  }

  private static void assertClose(float[] values, float[] expected) {
    assertThat(expected).isNotEqualTo(START);
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isCloseTo(expected[i], within(2e-6f));
    }
  }

  @Test
  void sgdIsThatOfLibtorch() {
    try (PointerScope _ = new PointerScope()) {
      Tensor w = Tensor.create(START, 2, 3).set_requires_grad(true);
      SGDOptions options = new SGDOptions(0.01);
      options.momentum().put(0.9);
      options.weight_decay().put(0.1);
      SGD sgd = new SGD(new TensorVector(w), options);
      run(w, sgd::step);
      assertClose(ours(new Optimizer.Sgd(0.9, 0.1), MATRIX, 0.01), TensorArrays.values(w));
    }
  }

  @Test
  void adamWIsThatOfLibtorch() {
    try (PointerScope _ = new PointerScope()) {
      Tensor w = Tensor.create(START, 2, 3).set_requires_grad(true);
      AdamWOptions options = new AdamWOptions(0.05);
      options.weight_decay().put(0.1);
      AdamW adam = new AdamW(new TensorVector(w), options);
      run(w, adam::step);
      assertClose(ours(new Optimizer.AdamW(0.9, 0.999, 0.1), MATRIX, 0.05), TensorArrays.values(w));
    }
  }

  @Test
  void biasesDoNotDecay() {
    TensorSpec bias = TensorSpec.of("layer.bias", Initial.ZERO, true, 6);
    assertThat(ours(new Optimizer.Sgd(0.9, 0.1), bias, 0.01))
        .isEqualTo(ours(new Optimizer.Sgd(0.9, 0), bias, 0.01));
  }
}
