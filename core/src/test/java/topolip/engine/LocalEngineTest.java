package topolip.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalEngineTest {
  private static final Progress.Stage SILENT = Progress.NONE.begin("", 0);

  @Test
  void resultsComeInTheOrderOfTheUnits() throws IOException {
    List<Callable<Integer>> units =
        IntStream.range(0, 100).<Callable<Integer>>mapToObj(i -> () -> i * i).toList();
    try (LocalEngine engine = new LocalEngine(4)) {
      assertThat(engine.run(units, SILENT))
          .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> i * i).toList());
    }
  }

  @Test
  void everyUnitIsCounted() throws IOException {
    AtomicLong steps = new AtomicLong();
    Progress.Stage counting =
        new Progress.Stage() {
          @Override
          public void step(long done) {
            steps.addAndGet(done);
          }

          @Override
          public void close() {}
        };
    List<Callable<Integer>> units = List.of(() -> 1, () -> 2, () -> 3);
    try (LocalEngine engine = new LocalEngine(2)) {
      engine.run(units, counting);
    }
    assertThat(steps).hasValue(3);
  }

  @Test
  void failureOfAUnitIsThrownAsItIs() {
    List<Callable<Integer>> reading =
        List.of(() -> {
          throw new IOException("disk gone");
        });
    List<Callable<Integer>> computing =
        List.of(() -> {
          throw new ArithmeticException("NaN");
        });
    try (LocalEngine engine = new LocalEngine(1)) {
      assertThatThrownBy(() -> engine.run(reading, SILENT))
          .isExactlyInstanceOf(IOException.class)
          .hasMessage("disk gone");
      assertThatThrownBy(() -> engine.run(computing, SILENT))
          .isExactlyInstanceOf(ArithmeticException.class)
          .hasMessage("NaN");
    }
  }

  @Test
  void unitsBehindAFailureAreDropped() {
    AtomicBoolean ran = new AtomicBoolean();
    CountDownLatch never = new CountDownLatch(1);
    List<Callable<Integer>> units =
        List.of(
            () -> {
              throw new IOException("first");
            },
            () -> {
              never.await();
              ran.set(true);
              return 0;
            });
    try (LocalEngine engine = new LocalEngine(1)) {
      assertThatThrownBy(() -> engine.run(units, SILENT)).hasMessage("first");
    }
    assertThat(ran).isFalse();
  }

  @Test
  void interruptedCallerIsCancelled() {
    CountDownLatch never = new CountDownLatch(1);
    List<Callable<Integer>> units =
        List.of(() -> {
          never.await();
          return 0;
        });
    try (LocalEngine engine = new LocalEngine(1)) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> engine.run(units, SILENT)).isInstanceOf(CancellationException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
