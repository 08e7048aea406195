package topolip.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

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
    // Taken as they end, so that a failure is seen at once, whatever still runs before it.
    CompletionService<R> ended = new ExecutorCompletionService<>(executor);
    List<Future<R>> futures = new ArrayList<>(units.size());
    for (Unit<S, R> unit : units) {
      futures.add(ended.submit(() -> run(unit, shared, stage)));
    }
    try {
      for (int done = 0; done < units.size(); done++) {
        Future<R> next = ended.take();
        if (next.state() == Future.State.FAILED) {
          throw failure(next.exceptionNow());
        }
      }
      return futures.stream().map(Future::resultNow).collect(Collectors.toList());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } finally {
      futures.forEach(future -> future.cancel(true));
    }
  }

  private static <S, R> R run(Unit<S, R> unit, S shared, Progress.Stage stage) throws UnitFailure {
    R result;
    try {
      result = unit.run(shared);
    } catch (Exception e) {
      throw new UnitFailure(unit.name(), e);
    }
    stage.step(1);
    return result;
  }

  private static UnitFailure failure(Throwable thrown) {
    return switch (thrown) {
      case UnitFailure e -> e;
      case Error e -> throw e;
      default -> throw new IllegalStateException("a unit failed", thrown);
    };
  }

  @Override
  public void close() {
    executor.shutdownNow();
    executor.close(); // waits
  }
}
