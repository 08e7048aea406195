package topolip.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Linear layers that are applied to each token of each sample.
public final class TokenProduct {
  /// The first side from which libtorch takes oneDNN for 1 × 1 kernels, whatever the threads
  /// (`use_mkldnn` in its Convolution.cpp).
  private static final long MANY = 16;

  private TokenProduct() {}

  /// `x Wᵀ + b`, in single precision as a convolution by 1 × 1 kernels of an image whose pixels are
  /// the tokens. It reads and writes the same memory; but libtorch leaves it to oneDNN, which is
  /// faster than OpenBLAS.
  ///
  /// @param x `(batch, …, in)`
  /// @param weight `(out, in)`
  /// @param bias `(out)`, or none
  /// @return `(batch, …, out)`
  /// @throws RuntimeException libtorch's, if the widths differ
  public static Tensor of(Tensor x, Tensor weight, TensorOptional bias) {
    long rank = x.dim();
    if (rank < 3
        || x.size(0) < MANY
        || x.size(rank - 1) != weight.size(1)
        || x.scalar_type().intern() != ScalarType.Float) {
      return torch.linear(x, weight, bias);
    }
    long batch = x.size(0);
    long[] sides = x.sizes().vec().get();
    sides[sides.length - 1] = weight.size(0);
    Tensor image = // (batch, in, tokens, 1)
        x.reshape(batch, -1, 1, weight.size(1)).permute(0, 3, 1, 2);
    Tensor kernels = weight.reshape(weight.size(0), weight.size(1), 1, 1);
    long[] one = {1, 1};
    Tensor y = torch.conv2d(image, kernels, bias, one, new long[] {0, 0}, one, 1);
    return y.permute(0, 2, 3, 1).reshape(sides);
  }
}
