package topolip.torch;

/// How gradients change the weights.
///
/// Weight decay acts on the matrices and kernels alone: not on biases, normalisations, class token
/// and positions.
public sealed interface Optimizer {

  double weightDecay();

  /// Gradient descent with momentum, as `torch.optim.SGD`: decay is added to the gradient.
  record Sgd(double momentum, double weightDecay) implements Optimizer {
    public Sgd {
      Recipe.requireShare("momentum", momentum);
      Recipe.requireAtLeastZero("weight decay", weightDecay);
    }
  }

  /// Loshchilov and Hutter (2019), arXiv 1711.05101, as `torch.optim.AdamW`, with ε = 10⁻⁸.
  record AdamW(double beta1, double beta2, double weightDecay) implements Optimizer {
    static final double EPS = 1e-8;

    public AdamW {
      Recipe.requireShare("beta1", beta1);
      Recipe.requireShare("beta2", beta2);
      Recipe.requireAtLeastZero("weight decay", weightDecay);
    }
  }
}
