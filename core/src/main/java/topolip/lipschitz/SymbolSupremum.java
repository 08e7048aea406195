package topolip.lipschitz;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CancellationException;

/// An upper bound of a symbol's norm over all frequencies, from finitely many of them.
///
/// Let S be the supremum, reached at ω* with unit vectors u, v. Up to a factor of modulus 1, p(t) =
/// u*K(ω* + tδ)v is, along a line, a bounded function of exponential type (n₁|δ₁| + n₂|δ₂|)/2 for
/// degrees n₁, n₂. As |p|² − S²/2 is real, at most S²/2 in size, largest at 0, and of twice that
/// type, it is at least (S²/2) cos(n₁|δ₁| + n₂|δ₂|) as long as the angle is at most π (Duffin and
/// Schaeffer 1938, DOI 10.1090/S0002-9904-1938-06725-0; for polynomials, M. Riesz). Hence, at the
/// centre of the cell that holds ω*, the norm is at least S cos(τ/2), τ = n₁h₁ + n₂h₂ for
/// half-widths h, so that norm/cos(τ/2) bounds S if ω* is there. The cell where this is largest is
/// halved, again and again (branch and bound).
final class SymbolSupremum {
  /// Cells are halved until the bound is that near the largest norm.
  private static final double GAP = 1e-3;

  /// Operations that are spent at most, but for the first grid.
  private static final double BUDGET = 1e11;

  private final ConvolutionSymbol symbol;
  private double largest;

  SymbolSupremum(ConvolutionSymbol symbol) {
    this.symbol = symbol;
  }

  /// @param bound of the norm, if its supremum over all frequencies is in the cell
  private record Cell(double vertical, double horizontal, double high, double wide, double bound) {}

  double upperBound() {
    PriorityQueue<Cell> cells =
        new PriorityQueue<>(Comparator.comparingDouble(Cell::bound).reversed());
    grid(cells);
    double side = 2.0 * symbol.rank();
    double halvings = BUDGET / (8 * side * side * side);
    Cell widest = cells.remove();
    for (int i = 0; i < halvings && widest.bound() > largest * (1 + GAP); i++) {
      halve(widest, cells);
      widest = cells.remove();
    }
    // A margin for rounding, of the norms and of the angles.
    return widest.bound() * (1 + 64.0 * symbol.rank() * Math.ulp(1.0));
  }

  /// τ is π/2. Norms at ω and −ω are equal, so that half of one axis is enough; along an axis of
  /// degree 0 nothing changes.
  private void grid(PriorityQueue<Cell> cells) {
    int rows = 2 * symbol.verticalDegree();
    int columns = (rows == 0 ? 2 : 4) * symbol.horizontalDegree();
    double high = Math.PI / Math.max(1, 2 * rows);
    double wide = Math.PI / Math.max(1, 4 * symbol.horizontalDegree());
    for (int i = 0; i < Math.max(1, rows); i++) {
      for (int j = 0; j < Math.max(1, columns); j++) {
        cells.add(
            cell((2 * i + 1) * high, (2 * j + 1) * wide, high, wide, Double.POSITIVE_INFINITY));
      }
    }
  }

  /// Across the axis that adds more to τ.
  private void halve(Cell cell, PriorityQueue<Cell> cells) {
    double y = cell.vertical();
    double x = cell.horizontal();
    double high = cell.high() / 2;
    double wide = cell.wide() / 2;
    if (symbol.verticalDegree() * high >= symbol.horizontalDegree() * wide) {
      cells.add(cell(y - high, x, high, cell.wide(), cell.bound()));
      cells.add(cell(y + high, x, high, cell.wide(), cell.bound()));
    } else {
      cells.add(cell(y, x - wide, cell.high(), wide, cell.bound()));
      cells.add(cell(y, x + wide, cell.high(), wide, cell.bound()));
    }
  }

  /// @param parents the bound of the cell that it is a part of, which holds for it, too
  private Cell cell(double vertical, double horizontal, double high, double wide, double parents) {
    if (Thread.interrupted()) {
      throw new CancellationException("interrupted");
    }
    double norm = symbol.norm(vertical, horizontal);
    largest = Math.max(largest, norm);
    double angle = symbol.verticalDegree() * high + symbol.horizontalDegree() * wide;
    return new Cell(
        vertical, horizontal, high, wide, Math.min(parents, norm / Math.cos(angle / 2)));
  }
}
