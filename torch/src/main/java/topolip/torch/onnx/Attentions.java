package topolip.torch.onnx;

import static topolip.torch.onnx.Operator.single;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/// Attention as one operator: ONNX's, from operator set 23 on, and those of ONNX Runtime.
final class Attentions {
  static final Map<String, Operator> OPERATORS = Map.of("Attention", single(Attentions::attention));

  /// Of the domain `com.microsoft`.
  static final Map<String, Operator> RUNTIME =
      Map.of(
          "Attention", single(Attentions::packed),
          "MultiHeadAttention", single(Attentions::multiHead));

  private Attentions() {}

  /// Of `(batch, heads, tokens, depth)`, or of rows `(batch, tokens, heads · depth)`.
  private static Tensor attention(Call call) {
    Tensor q = call.input(0);
    boolean rows = q.dim() == 3;
    long heads = call.node().integer("q_num_heads", 1);
    Tensor k = rows ? apart(call.input(1), heads) : call.input(1);
    Tensor v = rows ? apart(call.input(2), heads) : call.input(2);
    Tensor mixed = attended(rows ? apart(q, heads) : q, k, v, call.optional(3), call, "is_causal");
    return rows ? together(mixed) : mixed;
  }

  /// `(query, key, value, bias)` in rows, with scores to be added as the sixth input.
  private static Tensor multiHead(Call call) {
    Tensor q = call.input(0);
    Tensor k = call.input(1);
    Tensor v = call.input(2);
    Tensor bias = call.optional(3);
    if (bias != null) {
      TensorVector parts = split(bias, q.size(2), k.size(2), v.size(2));
      q = q.add(parts.get(0));
      k = k.add(parts.get(1));
      v = v.add(parts.get(2));
    }
    return ofRows(q, k, v, call);
  }

  /// `(rows, weight, bias)`, the weight being those of queries, keys and values side by side.
  private static Tensor packed(Call call) {
    Tensor product = call.input(0).matmul(call.input(1));
    Tensor bias = call.optional(2);
    Tensor all = bias == null ? product : product.add(bias);
    long third = all.size(2) / 3;
    long[] widths = call.node().integers("qkv_hidden_sizes", new long[] {third, third, third});
    TensorVector parts = split(all, widths);
    return ofRows(parts.get(0), parts.get(1), parts.get(2), call);
  }

  private static Tensor ofRows(Tensor q, Tensor k, Tensor v, Call call) {
    long heads = call.node().integer("num_heads", 1);
    return together(
        attended(
            apart(q, heads),
            apart(k, heads),
            apart(v, heads),
            call.optional(5),
            call,
            "unidirectional"));
  }

  /// Along the last axis.
  private static TensorVector split(Tensor tensor, long... widths) {
    return tensor.split_with_sizes(widths, tensor.dim() - 1);
  }

  /// Rows as `(batch, heads, tokens, depth)`.
  private static Tensor apart(Tensor rows, long heads) {
    return rows.reshape(rows.size(0), rows.size(1), heads, rows.size(2) / heads).transpose(1, 2);
  }

  private static Tensor together(Tensor heads) {
    return heads
        .transpose(1, 2)
        .reshape(heads.size(0), heads.size(2), heads.size(1) * heads.size(3));
  }

  /// softmax(q kᵀ · scale + mask) v.
  ///
  /// @param mask added to the scores, or truth values of what is seen
  /// @param causal the attribute that lets no token see a later one
  private static Tensor attended(
      Tensor q, Tensor k, Tensor v, @Nullable Tensor mask, Call call, String causal) {
    double given = call.node().real("scale", 0);
    double scale = given == 0 ? 1 / Math.sqrt((double) q.size(3)) : given;
    Tensor scores = q.matmul(k.transpose(-2, -1)).mul(new Scalar(scale));
    if (call.node().flag(causal, false)) {
      Tensor later = torch.ones_like(scores).triu(1);
      scores = without(scores, later.ne(new Scalar(0)));
    }
    if (mask != null) {
      scores =
          mask.scalar_type() == ScalarType.Bool
              ? without(scores, mask.logical_not())
              : scores.add(mask);
    }
    return torch.softmax(scores, -1).matmul(v);
  }

  private static Tensor without(Tensor scores, Tensor unseen) {
    return scores.masked_fill(unseen, new Scalar(Double.NEGATIVE_INFINITY));
  }
}
