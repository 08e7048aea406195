package topolip.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// What threads do beyond the contract of engines.
class LocalEngineTest {
  private static final Progress.Stage SILENT = Progress.NONE.begin("", 0);

  /// Runs in this process only.
  private record Work(String name, Action action) implements Unit<String, Integer> {
    interface Action {
      void run() throws IOException, InterruptedException;
    }

    @Override
    public Integer run(String shared) throws IOException {
      try {
        action.run();
        return shared.length();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
  }

  @Test
  void whatIsSharedIsTheObjectItself() throws UnitFailure {
    Object shared = new Object();
    record Given(String name) implements Unit<Object, Object> {
      @Override
      public Object run(Object given) {
        return given;
      }
    }
    try (LocalEngine engine = new LocalEngine(2)) {
      assertThat(engine.run(shared, List.of(new Given("a"), new Given("b")), SILENT))
          .allSatisfy(given -> assertThat(given).isSameAs(shared));
    }
  }

  @Test
  void unitsBehindAFailureAreDropped() {
    AtomicBoolean ran = new AtomicBoolean();
    CountDownLatch never = new CountDownLatch(1);
    // The first one blocks; the second fails beside it; what waits behind them never begins.
    List<Work> units =
        List.of(
            new Work("first", never::await),
            new Work(
                "second",
                () -> {
                  throw new IOException("disk gone");
                }),
            new Work("third", never::await),
            new Work("fourth", () -> ran.set(true)));
    try (LocalEngine engine = new LocalEngine(2)) {
      assertThatThrownBy(() -> engine.run("", units, SILENT)).hasMessage("second: disk gone");
    }
    assertThat(ran).isFalse();
  }

  @Test
  void errorsAreThrownAsTheyAre() {
    List<Work> units =
        List.of(
            new Work(
                "large",
                () -> {
                  throw new OutOfMemoryError("heap");
                }));
    try (LocalEngine engine = new LocalEngine(1)) {
      assertThatThrownBy(() -> engine.run("", units, SILENT)).isInstanceOf(OutOfMemoryError.class);
    }
  }

  @Test
  void interruptedCallerIsCancelled() {
    CountDownLatch never = new CountDownLatch(1);
    List<Work> units = List.of(new Work("endless", never::await));
    try (LocalEngine engine = new LocalEngine(1)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> engine.run("", units, SILENT))
          .isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
