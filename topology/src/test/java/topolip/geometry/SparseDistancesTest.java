package topolip.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SparseDistancesTest {
  private static SparseDistances of(int size, double... rowsColumnsDistances) {
    int n = rowsColumnsDistances.length / 3;
    int[] rows = new int[n];
    int[] columns = new int[n];
    double[] distances = new double[n];
    for (int e = 0; e < n; e++) {
      rows[e] = (int) rowsColumnsDistances[3 * e];
      columns[e] = (int) rowsColumnsDistances[3 * e + 1];
      distances[e] = rowsColumnsDistances[3 * e + 2];
    }
    return SparseDistances.of(size, rows, columns, distances);
  }

  @Test
  void entriesMayComeInAnyOrderAndTwice() {
    SparseDistances d =
        of(4, 3, 1, 2.5, 0, 1, 1, 1, 3, 2.5, 2, 2, 0, 0, 3, Double.POSITIVE_INFINITY);

    assertThat(d.edges()).isEqualTo(2);
    assertThat(d.upper(0)).isEqualTo(1);
    assertThat(d.lower(0)).isZero();
    assertThat(d.distance(0)).isEqualTo(1);
    assertThat(d.upper(1)).isEqualTo(3);
    assertThat(d.lower(1)).isEqualTo(1);
  }

  @Test
  void badEntriesAreRefused() {
    assertThatThrownBy(() -> of(3, 0, 3, 1)).hasMessageContaining("(0, 3)");
    assertThatThrownBy(() -> of(3, -1, 2, 1)).hasMessageContaining("(-1, 2)");
    assertThatThrownBy(() -> of(3, 0, 2, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> of(3, 0, 2, -1)).hasMessageContaining("-1");
    assertThatThrownBy(() -> of(3, 1, 1, 2)).hasMessageContaining("to itself");
    assertThatThrownBy(() -> of(3, 0, 1, 2, 1, 0, 3)).hasMessageContaining("two distances");
    assertThatThrownBy(() -> SparseDistances.of(3, new int[1], new int[2], new double[1]))
        .hasMessageContaining("1, 2, 1");
  }

  @Test
  void enclosingRadiusNeedsAPointThatReachesAll() {
    assertThat(of(3, 0, 1, 1, 0, 2, 4, 1, 2, 3).enclosingRadius()).isEqualTo(3);
    assertThat(of(3, 0, 1, 1, 0, 2, 4).enclosingRadius()).isEqualTo(4);
    assertThat(of(3, 0, 1, 1).enclosingRadius()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(of(1).enclosingRadius()).isZero();
  }
}
