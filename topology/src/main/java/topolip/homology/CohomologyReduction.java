package topolip.homology;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/// Reduces the coboundary matrix of one degree, column by column in decreasing order of simplices.
///
/// A column's pivot is its earliest cofacet. Of a reduced column only the simplices whose
/// coboundaries were added up are kept.
final class CohomologyReduction {
  private final EdgeFiltration edges;
  private final SimplexCodec codec;
  private final int degree;
  private final Coboundary coboundary;
  private final int[] vertices;

  private final LongIntMap columnOfPivot = new LongIntMap();
  private final LongHeap column = new LongHeap();
  private final LongHeap summands = new LongHeap();

  /// Column c was added up from `reductions[starts[c]]` to before `reductions[starts[c + 1]]`.
  private int[] starts = new int[65];

  private long[] reductions = new long[64];
  private int columns;

  private double[] births = new double[64];
  private double[] deaths = new double[64];
  private int intervals;

  CohomologyReduction(EdgeFiltration edges, SimplexCodec codec, int degree) {
    this.edges = edges;
    this.codec = codec;
    this.degree = degree;
    this.coboundary = new Coboundary(edges, codec, degree);
    this.vertices = new int[degree + 2];
  }

  /// Reduces the column of the next simplex.
  void reduce(long simplex) {
    column.clear();
    summands.clear();
    coboundary.addTo(column, simplex);
    long pivot = column.pop();
    for (long steps = 1; pivot != LongHeap.EMPTY; steps++) {
      int other = columnOfPivot.get(pivot);
      long facet = other == LongIntMap.ABSENT ? apparentFacet(pivot) : LongHeap.EMPTY;
      if (other == LongIntMap.ABSENT && facet == LongHeap.EMPTY) {
        break;
      }
      column.add(pivot);
      if (facet != LongHeap.EMPTY) {
        addSimplex(facet);
      } else {
        for (int s = starts[other]; s < starts[other + 1]; s++) {
          addSimplex(reductions[s]);
        }
      }
      if ((steps & 1023) == 0 && Thread.interrupted()) {
        throw new CancellationException("interrupted");
      }
      pivot = column.pop();
    }
    record(simplex, pivot);
  }

  private void addSimplex(long simplex) {
    coboundary.addTo(column, simplex);
    summands.add(simplex);
  }

  /// The facet with which a cofacet makes an apparent pair, or [LongHeap#EMPTY].
  ///
  /// That facet lacks the last vertex, unless an earlier one is in the facet's lune.
  private long apparentFacet(long cofacet) {
    codec.decode(cofacet, degree + 1, vertices);
    int rank = codec.rank(cofacet, degree + 1);
    for (int w = 0; w < vertices[degree + 1]; w++) {
      if (isInLune(w, rank)) {
        return LongHeap.EMPTY;
      }
    }
    return codec.withoutLast(cofacet);
  }

  private boolean isInLune(int w, int rank) {
    int[] toW = edges.ranks[w];
    for (int i = 0; i <= degree; i++) {
      if (toW[vertices[i]] >= rank) {
        return false;
      }
    }
    return true;
  }

  private void record(long simplex, long pivot) {
    double birth = codec.diameter(simplex, degree);
    if (pivot == LongHeap.EMPTY) {
      addInterval(birth, Double.POSITIVE_INFINITY);
      return;
    }
    addInterval(birth, codec.diameter(pivot, degree + 1));
    columnOfPivot.put(pivot, columns);
    addReduction(simplex);
    for (long s = summands.pop(); s != LongHeap.EMPTY; s = summands.pop()) {
      addReduction(s);
    }
    columns++;
    if (columns + 1 == starts.length) {
      starts = Arrays.copyOf(starts, Math.multiplyExact(2, starts.length));
    }
    starts[columns + 1] = starts[columns];
  }

  private void addReduction(long simplex) {
    int end = starts[columns + 1]++;
    if (end == reductions.length) {
      reductions = Arrays.copyOf(reductions, Math.multiplyExact(2, reductions.length));
    }
    reductions[end] = simplex;
  }

  private void addInterval(double birth, double death) {
    if (birth == death) {
      return;
    }
    if (intervals == births.length) {
      births = Arrays.copyOf(births, Math.multiplyExact(2, intervals));
      deaths = Arrays.copyOf(deaths, Math.multiplyExact(2, intervals));
    }
    births[intervals] = birth;
    deaths[intervals++] = death;
  }

  PersistenceDiagram diagram() {
    return PersistenceDiagram.of(
        degree, Arrays.copyOf(births, intervals), Arrays.copyOf(deaths, intervals));
  }

  DeathSet deaths() {
    return simplex -> columnOfPivot.get(simplex) != LongIntMap.ABSENT;
  }
}
