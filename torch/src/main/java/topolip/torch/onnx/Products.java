package topolip.torch.onnx;

import static java.util.Map.entry;
import static topolip.torch.onnx.Operator.binary;
import static topolip.torch.onnx.Operator.single;
import static topolip.torch.onnx.Operator.unary;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import topolip.torch.TokenProduct;

/// Products of matrices and tensors.
final class Products {
  static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          entry("MatMul", binary(Products::product)),
          entry("Gemm", single(Products::matrixProduct)),
          entry("Einsum", single(Products::einstein)),
          entry("Det", unary(torch::det)));

  /// `x W + b` of tokens, W `(in, out)`.
  static final Operator LINEAR =
      single(call -> TokenProduct.of(call.input(0), call.input(1).t(), call.maybe(2)));

  private Products() {}

  private static Tensor product(Tensor a, Tensor b) {
    return a.dim() > 2 && b.dim() == 2
        ? TokenProduct.of(a, b.t(), new TensorOptional())
        : a.matmul(b);
  }

  /// α A B + β C, A and B transposed if asked for.
  private static Tensor matrixProduct(Call call) {
    Tensor a = call.input(0);
    Tensor b = call.input(1);
    Tensor left = call.node().flag("transA", false) ? a.t() : a;
    Tensor right = call.node().flag("transB", false) ? b.t() : b;
    double alpha = call.node().real("alpha", 1);
    double beta = call.node().real("beta", 1);
    Tensor c = call.optional(2);
    if (c != null && TensorValues.isFloating(a)) {
      return torch.addmm(c, left, right, new Scalar(beta), new Scalar(alpha));
    }
    return sum(scaled(left.matmul(right), alpha), c == null ? null : scaled(c, beta));
  }

  private static Tensor sum(Tensor a, @Nullable Tensor b) {
    return b == null ? a : a.add(b);
  }

  private static Tensor scaled(Tensor x, double factor) {
    return factor == 1 ? x : x.mul(new Scalar(factor)).to(TensorValues.type(x));
  }

  private static Tensor einstein(Call call) {
    String equation = call.node().text("equation", "").replace(" ", "");
    return torch.einsum(equation, new TensorVector(call.all().toArray(Tensor[]::new)));
  }
}
