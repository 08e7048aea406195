package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeCallTest {
  private final int before = torch.get_num_threads();

  @AfterEach
  void restore() {
    NativeCall.begin(before).close();
  }

  @Test
  void bothLibrariesUseAsManyThreadsAsAskedFor() {
    for (int threads : new int[] {2, 1}) {
      try (NativeCall _ = NativeCall.begin(threads)) {
        assertThat(torch.get_num_threads()).isEqualTo(threads);
        // OpenBLAS has at most as many as there are cores.
        assertThat(openblas_full.openblas_get_num_threads()).isBetween(1, threads);
      }
    }
  }

  /// A call that goes on when the program is stopped, and one that would come after it.
  static final class Calls {
    private Calls() {}

    public static void main(String... arguments) {
      try (NativeCall _ = NativeCall.begin(1)) {
        System.out.println("begun");
        while (!NativeCall.isAwaited()) {
          Thread.onSpinWait();
        }
        System.out.println("ended");
      }
      try (NativeCall _ = NativeCall.begin(1)) {
        System.out.println("another");
      }
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // has no SIGTERM
  void programThatIsStoppedEndsAfterTheCallThatRuns(@TempDir Path folder) throws Exception {
    ProcessBuilder calls =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Calls.class.getName())
            .directory(folder.toFile())
            .redirectError(folder.resolve("errors").toFile());
    calls.environment().remove("JAVA_TOOL_OPTIONS"); // of which the JVM tells
    Process process = calls.start();
    try (BufferedReader said = process.inputReader()) {
      assertThat(said.readLine()).isEqualTo("begun");
      process.toHandle().destroy(); // leaves what it says readable
      assertThat(said.lines()).containsExactly("ended");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
      assertThat(folder.resolve("errors")).isEmptyFile();
    } finally {
      process.destroyForcibly();
    }
  }
}
