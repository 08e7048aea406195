package topolip.lipschitz;

import java.util.Arrays;
import java.util.concurrent.CancellationException;

/// The transportation problem: the cheapest way to carry supplies to demands, by the primal network
/// simplex method.
///
/// Nodes are sources, sinks, and a root, to which every node has an artificial arc that costs as
/// much as the dearest real one, so that two of them never pay. Arcs go from sources to sinks: in
/// the tree, a source's arc to its parent points up and a sink's points down. Masses are whole
/// numbers, and the tree stays strongly feasible (arcs without flow point up), so that the method
/// ends (Cunningham 1976, DOI 10.1007/BF01580379; Ahuja, Magnanti, Orlin 1993, Network Flows,
/// section 11.6).
final class TransportSimplex {
  /// A reduced cost counts as negative below this share of the largest cost: rounding explains
  /// less.
  private static final double ROUNDING = 0x1p-46;

  private final double[] costs;
  private final int sources;
  private final int sinks;
  private final int root;
  private final double dearest;
  private final double total;

  private final int[] parent;
  private final int[] depth;
  private final int[] firstChild;
  private final int[] next;
  private final int[] previous;
  private final int[] stack;

  /// Of the arc to the parent.
  private final long[] flow;

  /// Tree arcs have cost + potential of tail − potential of head = 0.
  private final double[] potential;

  private int row;

  /// The entering arc.
  private int tail;

  private int head;

  /// @param costs row-major, a row a source; not negative
  /// @param supplies positive
  /// @param demands positive, of the same sum
  TransportSimplex(double[] costs, long[] supplies, long[] demands) {
    this.costs = costs;
    sources = supplies.length;
    sinks = demands.length;
    root = sources + sinks;
    double largest = Arrays.stream(costs).max().orElseThrow();
    dearest = largest == 0 ? 1 : largest;
    total = Arrays.stream(supplies).asDoubleStream().sum();
    parent = new int[root + 1];
    depth = new int[root + 1];
    firstChild = new int[root + 1];
    next = new int[root + 1];
    previous = new int[root + 1];
    stack = new int[root + 1];
    flow = new long[root + 1];
    potential = new double[root + 1];
    Arrays.fill(firstChild, -1);
    Arrays.fill(parent, -1);
    for (int k = 0; k < root; k++) {
      flow[k] = k < sources ? supplies[k] : demands[k - sources];
      attach(k, root);
    }
    solve();
  }

  private void solve() {
    refreshPotentials();
    boolean improved = true;
    while (improved) {
      improved = false;
      for (int pivots = 0; enteringArc(); pivots++) {
        if ((pivots & 255) == 0 && Thread.interrupted()) {
          throw new CancellationException("interrupted");
        }
        pivot();
        improved = true;
      }
      // Potentials were changed by differences: once computed anew, an arc may turn out to pay.
      refreshPotentials();
    }
  }

  /// The least mean cost.
  double cost() {
    double sum = 0;
    for (int k = 0; k < root; k++) {
      if (parent[k] != root) {
        sum += flow[k] * arcCost(k);
      } else if (flow[k] != 0) {
        throw new IllegalStateException("a node is left with " + flow[k]);
      }
    }
    return sum / total;
  }

  /// A lower bound of every plan's mean cost, by linear duality.
  double dual(long[] supplies, long[] demands) {
    double sum = 0;
    double slack = 0;
    for (int i = 0; i < sources; i++) {
      sum -= supplies[i] * potential[i];
      for (int j = 0; j < sinks; j++) {
        slack = Math.min(slack, reducedCost(i, j));
      }
    }
    for (int j = 0; j < sinks; j++) {
      sum += demands[j] * potential[sources + j];
    }
    return sum / total + slack;
  }

  private double reducedCost(int i, int j) {
    return costs[i * sinks + j] + potential[i] - potential[sources + j];
  }

  /// The arc of the next row that has one with a negative reduced cost, the most negative there.
  private boolean enteringArc() {
    for (int scanned = 0; scanned < sources; scanned++) {
      double least = -ROUNDING * dearest;
      int best = -1;
      int offset = row * sinks;
      double level = potential[row];
      for (int j = 0; j < sinks; j++) {
        double reduced = costs[offset + j] + level - potential[sources + j];
        if (reduced < least) {
          least = reduced;
          best = j;
        }
      }
      tail = row;
      row = row + 1 == sources ? 0 : row + 1;
      if (best >= 0) {
        head = sources + best;
        return true;
      }
    }
    return false;
  }

  private void pivot() {
    int leaving = -1;
    boolean onHeadSide = false;
    long least = Long.MAX_VALUE;
    int i = tail;
    int j = head;
    // Flow runs tail → head, up to the apex and down again; sources on the tail's side and sinks on
    // the head's lose some. Of several that reach 0 the last from the apex on leaves the tree.
    while (i != j) {
      if (depth[i] >= depth[j]) {
        if (i < sources && flow[i] < least) {
          least = flow[i];
          leaving = i;
          onHeadSide = false;
        }
        i = parent[i];
      } else {
        if (j >= sources && flow[j] <= least) {
          least = flow[j];
          leaving = j;
          onHeadSide = true;
        }
        j = parent[j];
      }
    }
    int apex = i;
    for (int k = tail; k != apex; k = parent[k]) {
      flow[k] += k < sources ? -least : least;
    }
    for (int k = head; k != apex; k = parent[k]) {
      flow[k] += k < sources ? least : -least;
    }
    double reduced = reducedCost(tail, head - sources);
    if (onHeadSide) {
      hang(head, tail, leaving, least, reduced);
    } else {
      hang(tail, head, leaving, least, -reduced);
    }
  }

  /// Cuts the tree above `leaving`, turns the part below such that `end` is its top, and hangs it
  /// below `support`.
  private void hang(int end, int support, int leaving, long entering, double change) {
    int node = end;
    int above = support;
    long carried = entering;
    boolean done = false;
    while (!done) {
      int old = parent[node];
      long oldFlow = flow[node];
      detach(node);
      attach(node, above);
      flow[node] = carried;
      done = node == leaving;
      above = node;
      carried = oldFlow;
      node = old;
    }
    int size = 0;
    stack[size++] = end;
    while (size > 0) {
      int k = stack[--size];
      potential[k] += change;
      depth[k] = depth[parent[k]] + 1;
      for (int child = firstChild[k]; child >= 0; child = next[child]) {
        stack[size++] = child;
      }
    }
  }

  private void attach(int node, int above) {
    parent[node] = above;
    previous[node] = -1;
    next[node] = firstChild[above];
    if (next[node] >= 0) {
      previous[next[node]] = node;
    }
    firstChild[above] = node;
  }

  private void detach(int node) {
    if (previous[node] >= 0) {
      next[previous[node]] = next[node];
    } else {
      firstChild[parent[node]] = next[node];
    }
    if (next[node] >= 0) {
      previous[next[node]] = previous[node];
    }
  }

  private double arcCost(int node) {
    int above = parent[node];
    if (above == root) {
      return dearest;
    }
    return node < sources
        ? costs[node * sinks + above - sources]
        : costs[above * sinks + node - sources];
  }

  private void refreshPotentials() {
    int size = 0;
    stack[size++] = root;
    while (size > 0) {
      int k = stack[--size];
      if (k != root) {
        double cost = arcCost(k);
        potential[k] = potential[parent[k]] + (k < sources ? -cost : cost);
        depth[k] = depth[parent[k]] + 1;
      }
      for (int child = firstChild[k]; child >= 0; child = next[child]) {
        stack[size++] = child;
      }
    }
  }
}
