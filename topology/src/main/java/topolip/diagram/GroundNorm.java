package topolip.diagram;

/// The norm on the birth-death plane by which points of diagrams are apart.
public enum GroundNorm {
  L_INFINITY,
  L_2
}
