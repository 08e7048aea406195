package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/// Runs the program in this process.
abstract class ProgramTest {
  @TempDir Path folder;

  /// What the last run printed.
  String out = "";

  /// What it printed as errors.
  String err = "";

  final int run(String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    int code =
        Main.commandLine(new PrintWriter(output), new PrintWriter(errors)).execute(arguments);
    out = output.toString();
    err = errors.toString();
    return code;
  }

  final String path(String name) {
    return folder.resolve(name).toString();
  }

  /// One line of errors, and nothing written.
  final void assertFails(int code, String message, String... arguments) throws IOException {
    List<Path> before = entries();
    assertThat(run(arguments)).as(err).isEqualTo(code);
    assertThat(err.strip()).doesNotContain("\n").contains(message);
    assertThat(out).isEmpty();
    assertThat(entries()).isEqualTo(before);
  }

  private List<Path> entries() throws IOException {
    try (var all = Files.walk(folder)) {
      return all.sorted().toList();
    }
  }

  static String[] concat(String[] first, String... second) {
    String[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
