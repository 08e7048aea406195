package topolip.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import topolip.engine.Engine;
import topolip.engine.LocalEngine;
import topolip.engine.Progress;
import topolip.engine.Unit;
import topolip.engine.UnitFailure;
import topolip.profile.Measurement;

/// What every engine does.
@SuppressWarnings("NullAway.Init") // opened before all tests
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class EngineContract {
  private static final Progress.Stage SILENT = Progress.NONE.begin("", 0);

  private Engine engine;

  abstract Engine open() throws IOException;

  @BeforeAll
  void start() throws IOException {
    engine = open();
  }

  @AfterAll
  void close() {
    engine.close();
  }

  /// A number that depends on its seed and on what is shared.
  private record Draw(long seed) implements Unit<String, Double> {
    @Override
    public String name() {
      return "draw " + seed;
    }

    @Override
    public Double run(String shared) throws IOException {
      if (seed == 13) {
        throw new IOException("thirteen");
      }
      if (seed == 14) {
        throw new ArithmeticException("fourteen");
      }
      return shared.length() + new SplittableRandom(seed).nextDouble();
    }
  }

  private record Endless(String name) implements Unit<String, Double> {
    @Override
    @SuppressWarnings("ThreadJoinLoop")
    public Double run(String shared) {
      try {
        Thread.currentThread().join(); // until interrupted
      } catch (InterruptedException e) {
        throw new CancellationException("stopped");
      }
      throw new AssertionError();
    }
  }

  private static List<Draw> draws(int from, int to) {
    return IntStream.range(from, to).mapToObj(Draw::new).toList();
  }

  @Test
  void resultsComeInTheOrderOfTheUnits() throws UnitFailure {
    assertThat(engine.run("shared", draws(100, 200), SILENT))
        .containsExactlyElementsOf(
            IntStream.range(100, 200)
                .mapToObj(i -> 6 + new SplittableRandom(i).nextDouble())
                .toList());
  }

  @Test
  void noUnitsGiveNoResults() throws UnitFailure {
    assertThat(engine.run("shared", List.<Draw>of(), SILENT)).isEmpty();
  }

  @Test
  void everyUnitIsCounted() throws UnitFailure {
    AtomicLong steps = new AtomicLong();
    engine.run("shared", draws(0, 10), stage(steps::addAndGet));
    assertThat(steps).hasValue(10);
  }

  @Test
  void failureNamesItsUnit() throws UnitFailure {
    assertThatThrownBy(() -> engine.run("shared", draws(10, 14), SILENT))
        .isExactlyInstanceOf(UnitFailure.class)
        .hasMessage("draw 13: thirteen")
        .satisfies(
            e -> assertThat(((UnitFailure) e).reason()).isExactlyInstanceOf(IOException.class));
    assertThatThrownBy(() -> engine.run("shared", draws(14, 15), SILENT))
        .hasMessage("draw 14: fourteen")
        .satisfies(e ->
            assertThat(((UnitFailure) e).reason()).isExactlyInstanceOf(ArithmeticException.class));
    assertThat(engine.run("shared", draws(0, 3), SILENT)).as("the engine goes on").hasSize(3);
  }

  @Test
  void interruptedCallerIsCancelled() throws UnitFailure {
    Thread caller = Thread.currentThread();
    // The first unit is done, then its progress interrupts the caller, who waits for the others.
    List<Unit<String, Double>> units =
        List.of(new Draw(0), new Endless("a"), new Endless("b"), new Endless("c"));
    assertThatThrownBy(() -> engine.run("shared", units, stage(_ -> caller.interrupt())))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(engine.run("shared", draws(0, 3), SILENT)).as("its threads are free").hasSize(3);
  }

  @Test
  void callerThatIsInterruptedAlreadyIsCancelled() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> engine.run("shared", List.of(new Endless("a")), SILENT))
        .isInstanceOf(CancellationException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void profilesAreEqualToTheLastBit() throws IOException {
    Measurement expected;
    try (LocalEngine alone = new LocalEngine(1)) {
      expected = Profiles.measure(alone, Progress.NONE);
    }
    assertThat(Profiles.measure(engine, Progress.NONE)).isEqualTo(expected);
  }

  private static Progress.Stage stage(LongConsumer step) {
    return new Progress.Stage() {
      @Override
      public void step(long done) {
        step.accept(done);
      }

      @Override
      public void close() {}
    };
  }
}
