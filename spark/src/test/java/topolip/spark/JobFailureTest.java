package topolip.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import topolip.engine.Unit;

/// Messages as a standalone cluster gave them, shortened.
class JobFailureTest {
  private static final String ABORTED =
      "Job aborted due to stage failure: Task 1 in stage 0.0 failed 4 times, most recent failure: Lost task 1.3 in stage 0.0 (TID 6) (127.0.0.1 executor 6): ";

  private record Named(String name) implements Unit<String, String> {
    @Override
    public String run(String shared) {
      return shared;
    }
  }

  private static String said(String message) {
    return String.valueOf(
        JobFailure.of(
                new SparkException(ABORTED + message + "\n\nDriver stacktrace:"),
                List.of(List.of(new Named("a")), List.of(new Named("b"), new Named("c"))))
            .getMessage());
  }

  @Test
  void memoryThatIsFullIsSaidInOneLine() {
    assertThat(said("java.lang.OutOfMemoryError: Java heap space\n\tat java.base/x.Y.z(Y.java:7)"))
        .startsWith("b and 1 more: the heap of executors is full: give them more with --conf")
        .endsWith("java.lang.OutOfMemoryError: Java heap space");
    assertThat(said("ExecutorLostFailure (executor 6 exited): Command exited with code 52"))
        .contains("the heap of executors is full");
    assertThat(said("ExecutorLostFailure (executor 6 exited): Command exited with code 7"))
        .isEqualTo(
            "b and 1 more: "
                + ABORTED
                + "ExecutorLostFailure (executor 6 exited): Command exited with code 7");
  }

  @Test
  void programThatIsNotThereIsSaid() {
    assertThat(said("java.io.IOException: java.lang.ClassNotFoundException: topolip.study.UnitRun"))
        .contains("executors do not find the program: have it at the same path on each machine");
  }
}
