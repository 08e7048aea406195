package topolip.geometry;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Runs independent tasks on a number of threads, or on the calling one if that number is 1.
///
/// @param threads at least 1; more than 256 are no more
public record Workers(int threads) {

  private static final int MOST = 256;

  public Workers {
    requirePositive(threads);
    threads = Math.min(threads, MOST);
  }

  /// Throws unless there is at least one thread.
  public static void requirePositive(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
  }

  /// Runs all tasks and returns their results in the order of the tasks.
  ///
  /// @throws CancellationException if the thread is interrupted; the tasks are then interrupted,
  ///   too
  public <T> List<T> all(List<? extends Callable<? extends T>> tasks) {
    int active = Math.min(threads, tasks.size());
    if (active <= 1) {
      return tasks.stream().<T>map(Workers::call).toList();
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(active)) {
      try {
        List<? extends Future<? extends T>> futures = tasks.stream().map(executor::submit).toList();
        return futures.stream().<T>map(Workers::get).toList();
      } finally {
        executor.shutdownNow();
      }
    }
  }

  private static <T> T call(Callable<T> task) {
    try {
      return task.call();
    } catch (Exception e) {
      throw failure(e);
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      CancellationException cancelled = new CancellationException("interrupted");
      cancelled.initCause(e);
      throw cancelled;
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static RuntimeException failure(@Nullable Throwable cause) {
    return switch (cause) {
      case null -> new IllegalStateException("a task failed without a cause");
      case Error error -> throw error;
      case RuntimeException exception -> exception;
      default -> new IllegalStateException(cause);
    };
  }
}
