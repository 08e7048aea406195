package topolip.engine;

import java.io.IOException;

/// A unit failed: which one, and why.
public final class UnitFailure extends IOException {
  private final String unit;
  private final Exception reason;

  public UnitFailure(String unit, Exception reason) {
    super(unit + ": " + reason.getMessage(), reason);
    this.unit = unit;
    this.reason = reason;
  }

  /// The name of the unit.
  public String unit() {
    return unit;
  }

  /// What it threw.
  public Exception reason() {
    return reason;
  }
}
