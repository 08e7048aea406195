package topolip.geometry;

/// How far two points are apart.
public enum Metric {
  EUCLIDEAN,
  MANHATTAN,
  CHEBYSHEV,
  /// 1 − cos of the angle; not a metric (the triangle inequality fails).
  COSINE
}
