package topolip.diagram;

import topolip.homology.PersistenceDiagram;

/// The Wasserstein distance of persistence diagrams.
public record Wasserstein(double order, GroundNorm ground) {
  public double distance(PersistenceDiagram a, PersistenceDiagram b) {
    return Double.NaN;
  }
}
