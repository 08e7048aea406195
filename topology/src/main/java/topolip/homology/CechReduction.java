package topolip.homology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import topolip.geometry.Workers;

/// Reduces the coboundary matrix of one degree of a Čech filtration, implicitly as that of
/// Vietoris-Rips.
final class CechReduction {
  /// Progress is reported where these bits of a column's number are 0.
  private static final int REPORTED = 0xFF;

  private final CechComplex complex;
  private final PrimeField field;
  private final int degree;
  private final ValuedChain column;
  private final ValuedChain terms;
  private final int[] vertices = new int[4];

  private final Map<Long, Column> columnOfPivot = new HashMap<>();
  private final List<Column> columns = new ArrayList<>();

  private record Simplex(long number, double radius) {}

  @SuppressWarnings("ArrayRecordComponent") // private, and never compared
  private record Column(
      Simplex simplex, @Nullable Simplex pivot, int pivotCoefficient, long[] terms) {}

  private CechReduction(CechComplex complex, PrimeField field, int degree) {
    this.complex = complex;
    this.field = field;
    this.degree = degree;
    this.column = new ValuedChain(field);
    this.terms = new ValuedChain(field);
  }

  static CechReduction of(
      CechComplex complex, List<long[]> columns, PrimeField field, int degree, Progress progress) {
    CechReduction reduction = new CechReduction(complex, field, degree);
    List<Simplex> simplices = new ArrayList<>();
    for (long[] part : columns) {
      for (long number : part) {
        simplices.add(new Simplex(number, complex.radius(number, degree + 1)));
      }
    }
    simplices.sort(
        Comparator.comparingDouble(Simplex::radius).thenComparingLong(Simplex::number).reversed());
    for (int i = 0; i < simplices.size(); i++) {
      if ((i & REPORTED) == 0) {
        progress.columns(degree, i, simplices.size());
      }
      reduction.reduce(simplices.get(i));
    }
    progress.columns(degree, simplices.size(), simplices.size());
    return reduction;
  }

  /// The simplices that are neither cleared nor in an apparent pair.
  static List<long[]> columns(
      EnclosingBalls balls,
      Callable<CechComplex> complexes,
      int degree,
      DeathSet cleared,
      Workers workers) {
    List<Callable<long[]>> tasks = new ArrayList<>();
    for (int v = balls.points() - 1; v >= degree; v--) {
      int largest = v;
      tasks.add(() -> {
        Enumeration enumeration = new Enumeration(complexes.call(), degree, cleared);
        enumeration.extend(new int[] {largest, 0, 0, 0}, 1);
        return enumeration.found.toArray();
      });
    }
    return workers.all(tasks);
  }

  private record Enumeration(CechComplex complex, int degree, DeathSet cleared, LongList found) {
    Enumeration(CechComplex complex, int degree, DeathSet cleared) {
      this(complex, degree, cleared, new LongList());
    }

    private void extend(int[] vertices, int count) {
      double radius = complex.radius(vertices, count);
      if (radius > complex.threshold() || radius == Double.POSITIVE_INFINITY) {
        return;
      }
      if (count == degree + 1) {
        long simplex = complex.encode(vertices, count);
        if (!cleared.contains(simplex) && complex.isColumn(vertices, count, radius)) {
          found.add(simplex);
        }
        return;
      }
      Interruption.check(0);
      for (int w = vertices[count - 1] - 1; w >= 0; w--) {
        vertices[count] = w;
        extend(vertices, count + 1);
      }
    }
  }

  private void reduce(Simplex simplex) {
    column.clear();
    terms.clear();
    add(simplex.number(), 1);
    long steps = 0;
    for (long pivot = column.pop(); pivot != Chain.EMPTY; pivot = column.pop()) {
      Interruption.check(steps++);
      double radius = column.value();
      int coefficient = column.coefficient();
      Column other = columnOfPivot.get(pivot);
      long facet = other != null ? Chain.EMPTY : complex.apparentFacet(pivot, degree + 2, radius);
      if (other == null && facet == Chain.EMPTY) {
        Column reduced =
            new Column(simplex, new Simplex(pivot, radius), coefficient, terms.drain());
        columnOfPivot.put(pivot, reduced);
        columns.add(reduced);
        return;
      }
      column.add(radius, pivot, coefficient);
      if (other == null) {
        add(facet, factor(coefficient, coefficientOf(facet, pivot)));
      } else {
        int factor = factor(coefficient, other.pivotCoefficient());
        for (long term : other.terms()) {
          add(field.simplex(term), field.times(factor, field.coefficient(term)));
        }
      }
    }
    columns.add(new Column(simplex, null, 0, terms.drain()));
  }

  private int factor(int coefficient, int ofOther) {
    return field.negative(field.times(coefficient, field.inverse(ofOther)));
  }

  /// The coefficient of a cofacet in a simplex's coboundary: −1 to the place of the new vertex.
  private int coefficientOf(long facet, long cofacet) {
    List<Integer> smaller = complex.vertices(facet, degree + 1);
    List<Integer> larger = complex.vertices(cofacet, degree + 2);
    int place = 0;
    while (place < smaller.size() && smaller.get(place).equals(larger.get(place))) {
      place++;
    }
    return field.sign(place);
  }

  private void add(long simplex, int coefficient) {
    complex.decode(simplex, degree + 1, vertices);
    terms.add(complex.radius(vertices, degree + 1), simplex, coefficient);
    complex.forEachCofacet(
        vertices,
        degree + 1,
        (cofacet, radius, place) ->
            column.add(radius, cofacet, field.times(coefficient, field.sign(place))));
  }

  private static double death(Column column) {
    Simplex pivot = column.pivot();
    return pivot == null ? Double.POSITIVE_INFINITY : pivot.radius();
  }

  PersistenceDiagram diagram() {
    return PersistenceDiagram.of(
        degree,
        columns.stream().mapToDouble(c -> c.simplex().radius()).toArray(),
        columns.stream().mapToDouble(CechReduction::death).toArray());
  }

  List<Representative> representatives() {
    return columns.stream()
        .filter(c -> c.simplex().radius() < death(c))
        .map(this::representative)
        .sorted(
            Comparator.comparingDouble(Representative::birth)
                .thenComparingDouble(Representative::death))
        .toList();
  }

  private Representative representative(Column c) {
    Simplex pivot = c.pivot();
    return new Representative(
        degree,
        c.simplex().radius(),
        death(c),
        complex.vertices(c.simplex().number(), degree + 1),
        pivot == null ? List.of() : complex.vertices(pivot.number(), degree + 2),
        Arrays.stream(c.terms())
            .mapToObj(term ->
                new Representative.Term(
                    complex.vertices(field.simplex(term), degree + 1), field.coefficient(term)))
            .toList());
  }

  DeathSet deaths() {
    return columnOfPivot::containsKey;
  }
}
