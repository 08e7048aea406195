package topolip.cli;

import java.io.Console;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import topolip.engine.Progress;

/// Progress as bars with rate and time left, on a terminal, for stages that take a while.
final class ProgressBars implements Progress {
  private static final long PATIENCE_NANOS = Duration.ofSeconds(1).toNanos();

  private ProgressBars() {}

  /// Bars if the program talks to a terminal, silence if not.
  @SuppressWarnings("SystemConsoleNull") // null again without a terminal since JDK 25
  static Progress unless(boolean quiet) {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    return terminal && !quiet ? new ProgressBars() : Progress.NONE;
  }

  @Override
  public Stage begin(String what, long units) {
    return new BarStage(what, units);
  }

  /// A bar that appears when the stage has lasted longer than one waits without wondering.
  private static final class BarStage implements Stage {
    private final String what;
    private final long units;
    private final long started = System.nanoTime();
    private final AtomicLong done = new AtomicLong();
    private @Nullable ProgressBar bar;

    BarStage(String what, long units) {
      this.what = what;
      this.units = units;
    }

    @Override
    public void step(long more) {
      long total = done.addAndGet(more);
      synchronized (this) {
        if (bar == null && System.nanoTime() - started > PATIENCE_NANOS && total < units) {
          bar = bar(total);
        } else if (bar != null) {
          bar.stepBy(more);
        }
      }
    }

    private ProgressBar bar(long total) {
      return new ProgressBarBuilder()
          .setTaskName(what)
          .setInitialMax(units)
          .startsFrom(total, Duration.ofNanos(System.nanoTime() - started))
          .setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(200)
          .showSpeed()
          .build();
    }

    @Override
    public void close() {
      synchronized (this) {
        if (bar != null) {
          bar.close();
        }
      }
    }
  }
}
