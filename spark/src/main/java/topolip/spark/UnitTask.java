package topolip.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;
import topolip.engine.Unit;

/// What an executor does with a partition: runs the one batch of units in it.
final class UnitTask<S, R> extends AbstractFunction1<Iterator<List<Unit<S, R>>>, List<R>>
    implements Serializable {
  private final Broadcast<S> shared;

  UnitTask(Broadcast<S> shared) {
    this.shared = shared;
  }

  /// What a unit threw, on its way to the driver.
  static final class Failed extends RuntimeException {
    private final String unit;
    private final Exception reason;

    Failed(String unit, Exception reason) {
      super(unit, reason);
      this.unit = unit;
      this.reason = reason;
    }

    String unit() {
      return unit;
    }

    Exception reason() {
      return reason;
    }
  }

  @Override
  public List<R> apply(Iterator<List<Unit<S, R>>> partition) {
    List<R> results = new ArrayList<>();
    for (Unit<S, R> unit : partition.next()) {
      try {
        results.add(unit.run(shared.value()));
      } catch (Exception e) {
        throw new Failed(unit.name(), e);
      }
    }
    return results;
  }
}
