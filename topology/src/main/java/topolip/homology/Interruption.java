package topolip.homology;

import java.util.concurrent.CancellationException;

/// Cancellation by interrupt, asked for now and then.
final class Interruption {
  private Interruption() {}

  /// Throws if the thread is interrupted; looks once in 1024 steps.
  static void check(long step) {
    if ((step & 1023) == 0 && Thread.interrupted()) {
      throw new CancellationException("interrupted");
    }
  }
}
