package topolip.engine;

import java.util.List;
import java.util.concurrent.CancellationException;

/// What runs independent units: threads of this machine, or a cluster.
///
/// A unit carries its own seed, so that results do not depend on the engine or its size. Safe for
/// use by several threads.
public interface Engine extends AutoCloseable {

  /// How many threads of this machine what is not a unit may use.
  int threads();

  /// The results of these units, in their order.
  ///
  /// When a unit fails or the caller is interrupted, units not yet started are dropped and those
  /// running are interrupted.
  ///
  /// @param shared what the units read; a cluster is sent it once, and again with the next call
  /// @param stage is told of each unit that is done, as soon as it is
  /// @throws UnitFailure if a unit throws an exception, each time where it is tried more than once
  /// @throws CancellationException if the calling thread was interrupted
  <S, R> List<R> run(S shared, List<? extends Unit<S, R>> units, Progress.Stage stage)
      throws UnitFailure;

  /// Ends it: units that are still running are interrupted, and waited for where they run on
  /// threads of this machine.
  @Override
  void close();
}
