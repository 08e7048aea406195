package topolip.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs units on the threads of this machine; nothing is serialised.
public final class LocalEngine implements Engine {
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

  @Override
  public int threads() {
    return threads;
  }

  @Override
  public <S, R> List<R> run(S shared, List<? extends Unit<S, R>> units, Progress.Stage stage)
      throws UnitFailure {
    List<Future<R>> futures = new ArrayList<>(units.size());
    for (Unit<S, R> unit : units) {
      futures.add(
          executor.submit(() -> {
            R result = unit.run(shared);
            stage.step(1);
            return result;
          }));
    }
    List<R> results = new ArrayList<>(units.size());
    try {
      for (Future<R> future : futures) {
        results.add(future.get());
      }
      return results;
    } catch (ExecutionException e) {
      throw failure(units.get(results.size()).name(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }

  private static UnitFailure failure(String unit, ExecutionException failure) {
    return switch (failure.getCause()) {
      case Exception e -> new UnitFailure(unit, e);
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(unit + " failed", failure);
    };
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
