package topolip.engine;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs independent units on the threads of this machine.
///
/// A unit carries its own seed, so that results do not depend on the number of threads. Safe for
/// use by several threads.
public final class LocalEngine implements AutoCloseable {
  private final int threads;
  private final ExecutorService executor;

  public LocalEngine(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
    this.threads = threads;
    this.executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("unit-", 0).factory());
  }

  public int threads() {
    return threads;
  }

  /// The results of these units, in their order.
  ///
  /// When a unit fails or the caller is interrupted, units not yet started are dropped and those
  /// running are interrupted.
  ///
  /// @throws IOException as thrown by a unit
  /// @throws CancellationException if the calling thread was interrupted
  public <T> List<T> run(List<? extends Callable<T>> units, Progress.Stage stage)
      throws IOException {
    List<Future<T>> futures = new ArrayList<>(units.size());
    for (Callable<T> unit : units) {
      futures.add(
          executor.submit(() -> {
            T result = unit.call();
            stage.step(1);
            return result;
          }));
    }
    try {
      List<T> results = new ArrayList<>(units.size());
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw unwrapped(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }

  private static IOException unwrapped(ExecutionException failure) {
    return switch (failure.getCause()) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException("a unit failed", failure);
    };
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
