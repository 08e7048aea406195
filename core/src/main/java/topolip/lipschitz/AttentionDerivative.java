package topolip.lipschitz;

import org.ejml.data.DMatrixRMaj;

/// The derivative of attention at N tokens, as a linear map of N directions, and its transpose.
///
/// With p_ij the attention of token i to token j and s_ij = ⟨Ax_i, x_j⟩, the output i is Σ_j p_ij V
/// x_j, and dp_ij = p_ij (ds_ij − Σ_l p_il ds_il).
final class AttentionDerivative {
  private final Attention attention;
  private final double[][] tokens;

  /// Of each head, token and token.
  private final double[][][] shares;

  AttentionDerivative(Attention attention, DiscreteMeasure tokens) {
    this.attention = attention;
    this.tokens = tokens.sharedPoints();
    shares = new double[attention.heads().size()][tokens.size()][];
    for (int h = 0; h < shares.length; h++) {
      for (int i = 0; i < tokens.size(); i++) {
        shares[h][i] = attention.heads().get(h).shares(tokens, tokens.shared(i));
      }
    }
  }

  /// J · directions, `[token][coordinate]`.
  double[][] apply(double[][] directions) {
    double[][] images = new double[tokens.length][attention.width()];
    for (int h = 0; h < shares.length; h++) {
      apply(attention.heads().get(h), shares[h], directions, images);
    }
    return images;
  }

  private void apply(AttentionHead head, double[][] share, double[][] directions, double[][] to) {
    for (int i = 0; i < tokens.length; i++) {
      double[] tilt = Vectors.multiply(head.scores(), tokens[i]);
      double[] turned = Vectors.multiply(head.scores(), directions[i]);
      double[] change = new double[tokens.length];
      double mean = 0;
      for (int j = 0; j < tokens.length; j++) {
        change[j] = Vectors.dot(turned, tokens[j]) + Vectors.dot(tilt, directions[j]);
        mean += share[i][j] * change[j];
      }
      double[] moved = new double[attention.dimension()];
      for (int j = 0; j < tokens.length; j++) {
        Vectors.add(share[i][j] * (change[j] - mean), tokens[j], moved);
        Vectors.add(share[i][j], directions[j], moved);
      }
      Vectors.add(1, Vectors.multiply(head.values(), moved), to[i]);
    }
  }

  /// Jᵀ · images, `[token][coordinate]`.
  double[][] transpose(double[][] images) {
    double[][] directions = new double[tokens.length][attention.dimension()];
    for (int h = 0; h < shares.length; h++) {
      transpose(attention.heads().get(h), shares[h], images, directions);
    }
    return directions;
  }

  private void transpose(AttentionHead head, double[][] share, double[][] images, double[][] to) {
    DMatrixRMaj scores = head.scores();
    for (int i = 0; i < tokens.length; i++) {
      double[] back = Vectors.multiplyTransposed(head.values(), images[i]);
      double[] gain = new double[tokens.length];
      double mean = 0;
      for (int j = 0; j < tokens.length; j++) {
        gain[j] = Vectors.dot(back, tokens[j]);
        mean += share[i][j] * gain[j];
      }
      double[] tilt = Vectors.multiply(scores, tokens[i]);
      double[] pull = new double[attention.dimension()];
      for (int j = 0; j < tokens.length; j++) {
        double score = share[i][j] * (gain[j] - mean);
        Vectors.add(score, tokens[j], pull);
        Vectors.add(score, tilt, to[j]);
        Vectors.add(share[i][j], back, to[j]);
      }
      Vectors.add(1, Vectors.multiplyTransposed(scores, pull), to[i]);
    }
  }
}
