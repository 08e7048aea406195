package topolip.diagram;

/// The order of points in a k-d tree: halves, and halves of those, split across the longer side of
/// their bounding box.
final class PlaneOrder {
  private final double[] births;
  private final double[] deaths;
  private final int[] order;

  private PlaneOrder(double[] births, double[] deaths) {
    this.births = births;
    this.deaths = deaths;
    this.order = new int[births.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  /// The indices of the points, in an order whose range is split in its middle again and again,
  /// until there are so many leaves.
  static int[] of(double[] births, double[] deaths, int leaves) {
    PlaneOrder order = new PlaneOrder(births, deaths);
    order.split(0, births.length, leaves);
    return order.order;
  }

  private void split(int from, int to, int leaves) {
    if (leaves == 1) {
      return;
    }
    int middle = (from + to) >>> 1;
    select(
        spread(births, from, to) >= spread(deaths, from, to) ? births : deaths, from, to, middle);
    split(from, middle, leaves / 2);
    split(middle, to, leaves / 2);
  }

  private double spread(double[] values, int from, int to) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (int i = from; i < to; i++) {
      least = Math.min(least, values[order[i]]);
      most = Math.max(most, values[order[i]]);
    }
    return most - least;
  }

  /// Hoare's selection: what is left of `middle` is not larger than what is right of it.
  private void select(double[] values, int from, int to, int middle) {
    int low = from;
    int high = to - 1;
    while (low < high) {
      double pivot = values[order[(low + high) >>> 1]];
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[order[i]] < pivot) {
          i++;
        }
        while (values[order[j]] > pivot) {
          j--;
        }
        if (i <= j) {
          int swapped = order[i];
          order[i++] = order[j];
          order[j--] = swapped;
        }
      }
      if (middle <= j) {
        high = j;
      } else if (middle >= i) {
        low = i;
      } else {
        return;
      }
    }
  }
}
