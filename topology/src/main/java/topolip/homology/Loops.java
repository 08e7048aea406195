package topolip.homology;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import topolip.geometry.Workers;

/// Degree 1, by lunes.
///
/// When an edge e = {u, v} appears, the complex grows by the join of e with the clique complex of
/// its lune, which changes homology of degree k by the reduced homology of the lune of degree k −
/// 2. So a loop is born where a lune is empty, and can die only where one has several components:
/// for a vertex w of the first and one w′ of another, the loop u w v w′ bounds the triangles of e
/// with w and w′, and no other relation is new. Modulo the triangle with w, an edge with a lune is
/// the path u w v over earlier edges, and in the end a combination of edges of the relative
/// neighbourhood graph, those of the spanning forest being 0. What is left to reduce is a matrix
/// with a row a loop and a column a further component (the reduced Vietoris-Rips complex of Koyama,
/// Memoli, Robins, Turner 2023, arXiv 2307.16333).
final class Loops {
  private static final int ALIVE = -1;

  private final EdgeFiltration edges;
  private final Adjacency adjacency;
  private final PrimeField field;
  private final LuneScan lunes;

  /// The loops in order of birth, by their edges.
  private final int[] births;

  /// The place among the further components where a loop dies, or [#ALIVE].
  private final int[] deaths;

  private final @Nullable Column[] columns;
  private final int[] work;
  private final long[] touched;

  /// A reduced column, divided by its pivot's coefficient.
  @SuppressWarnings("ArrayRecordComponent") // private, and never compared
  private record Column(int[] rows, int[] coefficients) {}

  private Loops(
      EdgeFiltration edges, Adjacency adjacency, PrimeField field, BitSet tree, Workers workers) {
    this.edges = edges;
    this.adjacency = adjacency;
    this.field = field;
    this.lunes = LuneScan.of(edges, adjacency, workers);
    BitSet loops = (BitSet) lunes.empty().clone();
    loops.andNot(tree);
    this.births = loops.stream().toArray();
    this.deaths = new int[births.length];
    Arrays.fill(deaths, ALIVE);
    this.columns = new Column[births.length];
    this.work = new int[births.length];
    this.touched = new long[(births.length + 63) >>> 6];
  }

  static Loops of(
      EdgeFiltration edges, Adjacency adjacency, PrimeField field, BitSet tree, Workers workers) {
    Loops loops = new Loops(edges, adjacency, field, tree, workers);
    loops.reduce();
    return loops;
  }

  private void reduce() {
    PathExpansion expansion = new PathExpansion(edges, adjacency, field, lunes.empty());
    for (int c = 0; c < lunes.further().size(); c++) {
      Interruption.check(c);
      LuneScan.Further component = lunes.further().get(c);
      int u = edges.lower(component.edge());
      int v = edges.upper(component.edge());
      expansion.addPath(u, component.first(), v, 1);
      expansion.addPath(u, component.vertex(), v, field.negative(1));
      expansion.drainTo(this::put);
      reduce(c);
    }
  }

  private void put(int edge, int coefficient) {
    int row = Arrays.binarySearch(births, edge);
    if (row >= 0) { // not an edge of the forest
      work[row] = coefficient;
      touched[row >>> 6] |= 1L << row;
    }
  }

  private void reduce(int component) {
    for (int row = pivot(births.length - 1); row >= 0; row = pivot(row)) {
      Column column = columns[row];
      if (column == null) {
        deaths[row] = component;
        columns[row] = take(row);
        return;
      }
      int factor = field.negative(work[row]);
      for (int i = 0; i < column.rows.length; i++) {
        int r = column.rows[i];
        work[r] = field.add(work[r], field.times(factor, column.coefficients[i]));
        touched[r >>> 6] |= 1L << r;
      }
    }
  }

  /// The last row up to `from` with a coefficient, or −1.
  private int pivot(int from) {
    for (int word = from >>> 6; from >= 0 && word >= 0; word--) {
      while (touched[word] != 0) {
        int row = (word << 6) + 63 - Long.numberOfLeadingZeros(touched[word]);
        if (work[row] != 0) {
          return row;
        }
        touched[word] &= ~(1L << row);
      }
    }
    return -1;
  }

  /// Takes the column up to `pivot` out of the work space.
  private Column take(int pivot) {
    int inverse = field.inverse(work[pivot]);
    int[] rows = new int[16];
    int[] coefficients = new int[16];
    int size = 0;
    for (int row = pivot; row >= 0; row = pivot(row)) {
      if (size == rows.length) {
        rows = Arrays.copyOf(rows, 2 * size);
        coefficients = Arrays.copyOf(coefficients, 2 * size);
      }
      rows[size] = row;
      coefficients[size++] = field.times(inverse, work[row]);
      work[row] = 0;
    }
    return new Column(Arrays.copyOf(rows, size), Arrays.copyOf(coefficients, size));
  }

  PersistenceDiagram diagram() {
    double[] b = new double[births.length];
    double[] d = new double[births.length];
    for (int i = 0; i < births.length; i++) {
      b[i] = edges.length(births[i]);
      d[i] =
          deaths[i] == ALIVE
              ? Double.POSITIVE_INFINITY
              : edges.length(lunes.further().get(deaths[i]).edge());
    }
    return PersistenceDiagram.of(1, b, d);
  }

  /// The triangles by which loops die.
  DeathSet deaths(SimplexCodec codec) {
    LongIntMap triangles = new LongIntMap();
    for (int death : deaths) {
      if (death != ALIVE) {
        LuneScan.Further component = lunes.further().get(death);
        triangles.put(codec.append(component.edge(), component.vertex()), death);
      }
    }
    return triangle -> triangles.get(triangle) != LongIntMap.ABSENT;
  }
}
