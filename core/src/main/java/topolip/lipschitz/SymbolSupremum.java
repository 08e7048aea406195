package topolip.lipschitz;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/// An upper bound of a symbol's norm over all frequencies, from finitely many of them.
///
/// Let S be the supremum, reached at ω* with unit vectors u, v. Up to a factor of modulus 1, p(t) =
/// u*K(ω* + tδ)v is, along a line, a bounded function of exponential type (n₁|δ₁| + n₂|δ₂|)/2 for
/// degrees n₁, n₂. As |p|² − S²/2 is real, at most S²/2 in size, largest at 0, and of twice that
/// type, it is at least (S²/2) cos(n₁|δ₁| + n₂|δ₂|) as long as the angle is at most π (Duffin and
/// Schaeffer 1938, DOI 10.1090/S0002-9904-1938-06725-0; for polynomials, M. Riesz). Hence, at the
/// centre of the cell that holds ω*, the norm is at least S cos(τ/2), τ = n₁h₁ + n₂h₂ for
/// half-widths h: cells below that are left out, the others are split into four.
final class SymbolSupremum {
  /// Cells are split until the bound is that near.
  private static final double GAP = 1e-3;

  /// Operations that are spent at most, but for the first grid.
  private static final double BUDGET = 6e10;

  private final ConvolutionSymbol symbol;
  private double largest;

  SymbolSupremum(ConvolutionSymbol symbol) {
    this.symbol = symbol;
  }

  private record Cell(double vertical, double horizontal, double norm) {}

  double upperBound() {
    // τ is π/2 at first; norms at ω and −ω are equal, so that half of one axis is enough.
    double high = halfWidth(symbol.verticalDegree());
    double wide = halfWidth(symbol.horizontalDegree());
    List<Cell> cells = grid(high, wide);
    double side = 2.0 * symbol.rank();
    double operations = 4 * side * side * side;
    double budget = BUDGET / operations;
    double factor = factor(high, wide);
    while (1 / factor > 1 + GAP) {
      double enough = largest * factor * (1 - 1e-12); // less what rounding explains
      cells.removeIf(cell -> cell.norm() < enough);
      budget -= 4.0 * cells.size();
      if (budget < 0) {
        break;
      }
      high /= 2;
      wide /= 2;
      cells = split(cells, high, wide);
      factor = factor(high, wide);
    }
    // A margin for rounding, of the norms and of the angles.
    double rounding = 64.0 * symbol.rank() * Math.ulp(1.0);
    return largest / factor * (1 + rounding);
  }

  private static double halfWidth(int degree) {
    return degree == 0 ? Math.PI : Math.PI / (4 * degree);
  }

  /// Along an axis of degree 0 nothing changes.
  private double factor(double high, double wide) {
    double angle = symbol.verticalDegree() * high + symbol.horizontalDegree() * wide;
    return Math.cos(angle / 2);
  }

  private List<Cell> grid(double high, double wide) {
    boolean half = symbol.verticalDegree() > 0;
    int rows = half ? 4 * symbol.verticalDegree() / 2 : 1;
    int columns = symbol.horizontalDegree() == 0 ? 1 : 4 * symbol.horizontalDegree();
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < (half ? columns : Math.max(1, columns / 2)); j++) {
        cells.add(cell((2 * i + 1) * high, (2 * j + 1) * wide));
      }
    }
    return cells;
  }

  private List<Cell> split(List<Cell> cells, double high, double wide) {
    List<Cell> parts = new ArrayList<>();
    for (Cell cell : cells) {
      for (int part = 0; part < 4; part++) {
        boolean down = (part & 1) == 1;
        boolean right = (part & 2) == 2;
        if ((down && symbol.verticalDegree() == 0) || (right && symbol.horizontalDegree() == 0)) {
          continue;
        }
        parts.add(
            cell(
                cell.vertical() + (down ? high : -high),
                cell.horizontal() + (right ? wide : -wide)));
      }
    }
    return parts;
  }

  private Cell cell(double vertical, double horizontal) {
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted");
    }
    double norm = symbol.norm(vertical, horizontal);
    largest = Math.max(largest, norm);
    return new Cell(vertical, horizontal, norm);
  }
}
