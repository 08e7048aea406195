package topolip.homology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import topolip.geometry.Workers;

/// Reduces the coboundary matrix of one degree, whose columns come in decreasing order of
/// simplices.
///
/// A column's pivot is its earliest cofacet. Of a reduced column only the simplices whose
/// coboundaries were added up are kept. Threads take columns in order and claim pivots by comparing
/// and swapping; who finds a pivot claimed by a later column takes its place and goes on with that
/// one (Morozov and Nigmetov 2020, DOI 10.1145/3350755.3400244). The pairs do not depend on it.
final class CohomologyReduction {
  /// Progress is reported where these bits of a column's number are 0.
  private static final int REPORTED = 0xFF;

  private final Adjacency adjacency;
  private final SimplexCodec codec;
  private final PrimeField field;
  private final int degree;

  private final long[] simplices;
  private final PivotTable pivots;
  private final AtomicInteger next = new AtomicInteger();

  /// The cocycles of columns that were reduced to 0.
  private final Map<Integer, long[]> essentials = new ConcurrentHashMap<>();

  CohomologyReduction(
      Adjacency adjacency, SimplexCodec codec, PrimeField field, int degree, long[] simplices) {
    this.adjacency = adjacency;
    this.codec = codec;
    this.field = field;
    this.degree = degree;
    this.simplices = simplices;
    this.pivots = new PivotTable(simplices.length);
  }

  void reduce(Workers workers, Progress progress) {
    List<Callable<Boolean>> tasks = new ArrayList<>();
    for (int t = 0; t < workers.threads(); t++) {
      tasks.add(() -> {
        Worker worker = new Worker();
        for (int i = next.getAndIncrement(); i < simplices.length; i = next.getAndIncrement()) {
          Interruption.check(i);
          if ((i & REPORTED) == 0) {
            progress.columns(degree, i, simplices.length);
          }
          worker.reduce(i);
        }
        return true;
      });
    }
    workers.all(tasks);
    progress.columns(degree, simplices.length, simplices.length);
  }

  /// One thread's column.
  private final class Worker {
    private final Coboundary coboundary = new Coboundary(adjacency, codec, field, degree);
    private final Chain column = new Chain(field);
    private final Chain terms = new Chain(field);
    private long steps;

    void reduce(int index) {
      if (isEmergent(index)) {
        return;
      }
      int current = index;
      start(field.pack(simplices[index], 1));
      long pivot = column.pop();
      while (pivot != Chain.EMPTY) {
        int coefficient = column.coefficient();
        PivotTable.Column other = pivots.get(pivot);
        if (other == null) {
          long facet = coboundary.apparentFacet(pivot);
          if (facet != Chain.EMPTY) {
            column.add(pivot, coefficient);
            add(facet, factor(coefficient, coboundary.apparentCoefficient(pivot)));
          } else if (claim(pivot, null, current, coefficient) != null) {
            return;
          } else {
            column.add(pivot, coefficient);
          }
        } else if (other.index() < current) {
          column.add(pivot, coefficient);
          add(other, factor(coefficient, other.pivotCoefficient()));
        } else if (claim(pivot, other, current, coefficient) != null) {
          current = other.index();
          start(other.terms());
        } else {
          column.add(pivot, coefficient);
        }
        Interruption.check(++steps);
        pivot = column.pop();
      }
      essentials.put(current, terms.drain());
    }

    /// Claims the earliest cofacet at once if it is free, without adding anything up.
    private boolean isEmergent(int index) {
      if (field.prime() != 2) {
        return false;
      }
      long pivot = coboundary.least(simplices[index]);
      return pivot != Chain.EMPTY
          && pivots.get(pivot) == null
          && coboundary.apparentFacet(pivot) == Chain.EMPTY
          && pivots.replace(
              pivot, null, new PivotTable.Column(index, new long[] {simplices[index]}, 1));
    }

    /// What a column with this coefficient of its pivot is multiplied by to cancel the pivot.
    private int factor(int coefficient, int ofOther) {
      return field.prime() == 2
          ? 1
          : field.negative(field.times(coefficient, field.inverse(ofOther)));
    }

    private PivotTable.@Nullable Column claim(
        long pivot, PivotTable.@Nullable Column expected, int index, int coefficient) {
      long[] sum = terms.drain();
      PivotTable.Column claimed = new PivotTable.Column(index, sum, coefficient);
      if (pivots.replace(pivot, expected, claimed)) {
        return claimed;
      }
      for (long term : sum) {
        terms.add(field.simplex(term), field.coefficient(term));
      }
      return null;
    }

    private void start(long... sum) {
      column.clear();
      terms.clear();
      for (long term : sum) {
        add(field.simplex(term), field.coefficient(term));
      }
    }

    private void add(PivotTable.Column other, int factor) {
      for (long term : other.terms()) {
        add(field.simplex(term), field.times(factor, field.coefficient(term)));
      }
    }

    private void add(long simplex, int coefficient) {
      coboundary.addTo(column, simplex, coefficient);
      terms.add(simplex, coefficient);
    }
  }

  PersistenceDiagram diagram() {
    double[] births = new double[simplices.length];
    double[] deaths = new double[simplices.length];
    Arrays.setAll(births, i -> codec.diameter(simplices[i], degree));
    Arrays.fill(deaths, Double.POSITIVE_INFINITY);
    pivots.forEach((pivot, column) -> deaths[column.index()] = codec.diameter(pivot, degree + 1));
    return PersistenceDiagram.of(degree, births, deaths);
  }

  /// The classes of positive length, in the order of their diagram; after a reduction by one
  /// thread.
  List<Representative> representatives() {
    long[] deaths = new long[simplices.length];
    long[][] terms = new long[simplices.length][];
    Arrays.fill(deaths, Chain.EMPTY);
    pivots.forEach((pivot, column) -> {
      deaths[column.index()] = pivot;
      terms[column.index()] = column.terms();
    });
    List<Representative> classes = new ArrayList<>();
    for (int i = 0; i < simplices.length; i++) {
      double birth = codec.diameter(simplices[i], degree);
      boolean essential = deaths[i] == Chain.EMPTY;
      double death = essential ? Double.POSITIVE_INFINITY : codec.diameter(deaths[i], degree + 1);
      if (birth < death) {
        long[] cocycle = essential ? essentials.getOrDefault(i, new long[0]) : terms[i];
        classes.add(
            new Representative(
                degree,
                birth,
                death,
                codec.vertices(simplices[i], degree),
                essential ? List.of() : codec.vertices(deaths[i], degree + 1),
                Arrays.stream(cocycle).mapToObj(this::term).toList()));
      }
    }
    classes.sort(
        Comparator.comparingDouble(Representative::birth)
            .thenComparingDouble(Representative::death));
    return classes;
  }

  private Representative.Term term(long packed) {
    return new Representative.Term(
        codec.vertices(field.simplex(packed), degree), field.coefficient(packed));
  }

  DeathSet deaths() {
    return pivots::contains;
  }
}
