package topolip.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/// An optimizer at work on the parameters of a network: holds its moments until it is closed.
final class Optimization implements AutoCloseable {
  private final Optimizer optimizer;
  private final List<TensorSpec> parameters;
  private final TensorStore weights;
  private final TensorStore moments;

  private Optimization(
      Optimizer optimizer, List<TensorSpec> parameters, TensorStore weights, TensorStore moments) {
    this.optimizer = optimizer;
    this.parameters = parameters;
    this.weights = weights;
    this.moments = moments;
  }

  /// Moments that are zero.
  static Map<String, FloatArray> start(Optimizer optimizer, List<TensorSpec> parameters) {
    Map<String, FloatArray> zeros = new LinkedHashMap<>();
    for (TensorSpec spec : parameters) {
      for (String moment : moments(optimizer)) {
        zeros.put(
            spec.name() + moment,
            FloatArray.wrap(spec.shape(), new float[Math.toIntExact(spec.values())]));
      }
    }
    return zeros;
  }

  static Optimization of(
      Optimizer optimizer,
      List<TensorSpec> parameters,
      TensorStore weights,
      Map<String, FloatArray> moments) {
    return new Optimization(optimizer, parameters, weights, TensorStore.of(moments));
  }

  private static List<String> moments(Optimizer optimizer) {
    return switch (optimizer) {
      case Optimizer.Sgd _ -> List.of("/momentum");
      case Optimizer.AdamW _ -> List.of("/first", "/second");
    };
  }

  Map<String, FloatArray> moments() {
    return moments.arrays();
  }

  /// Changes the parameters.
  ///
  /// @param gradients one a parameter
  /// @param step counted from 1
  void step(TensorVector gradients, double learningRate, long step) {
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      for (int p = 0; p < parameters.size(); p++) {
        TensorSpec spec = parameters.get(p);
        Tensor weight = weights.get(spec.name());
        double decay =
            spec.name().endsWith(".weight") && spec.shape().size() > 1
                ? optimizer.weightDecay()
                : 0;
        switch (optimizer) {
          case Optimizer.Sgd sgd -> {
            Tensor gradient = gradients.get(p).add(weight, new Scalar(decay));
            Tensor momentum = moments.get(spec.name() + "/momentum");
            momentum.mul_(new Scalar(sgd.momentum())).add_(gradient);
            weight.add_(momentum, new Scalar(-learningRate));
          }
          case Optimizer.AdamW adam -> {
            Tensor gradient = gradients.get(p);
            Tensor first = moments.get(spec.name() + "/first");
            Tensor second = moments.get(spec.name() + "/second");
            weight.mul_(new Scalar(1 - learningRate * decay));
            first.mul_(new Scalar(adam.beta1())).add_(gradient, new Scalar(1 - adam.beta1()));
            second
                .mul_(new Scalar(adam.beta2()))
                .addcmul_(gradient, gradient, new Scalar(1 - adam.beta2()));
            double unbiased = 1 - Math.pow(adam.beta1(), (double) step);
            double root = Math.sqrt(1 - Math.pow(adam.beta2(), (double) step));
            Tensor spread =
                second.sqrt().div(new Scalar(root)).add_(new Scalar(Optimizer.AdamW.EPS));
            weight.addcdiv_(first, spread, new Scalar(-learningRate / unbiased));
          }
        }
      }
    }
  }

  @Override
  public void close() {
    moments.close();
  }
}
