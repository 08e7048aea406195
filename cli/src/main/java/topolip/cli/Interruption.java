package topolip.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What the program says when it is stopped: once, however much of it was running.
final class Interruption {
  static final String NOTHING_WRITTEN = "interrupted; nothing was written";

  private static final AtomicReference<@Nullable String> MESSAGE =
      new AtomicReference<>(NOTHING_WRITTEN);

  private Interruption() {}

  /// Says something else if the program is stopped until this is closed, and nothing afterwards:
  /// what then still runs is of a command that failed, which says so itself. Of commands inside
  /// others, the outermost knows best: it alone calls this.
  static Meaning means(String message) {
    Meaning meaning = new Meaning(new Thread(Interruption::say));
    Runtime.getRuntime().addShutdownHook(meaning.onExit);
    MESSAGE.set(message);
    return meaning;
  }

  /// Says it, unless it was said. It is the last word: threads that still run may find closed what
  /// they use, and complain.
  static void say() {
    String message = MESSAGE.getAndSet(null);
    if (message != null) {
      System.err.println("topolip: " + message);
      System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
    }
  }

  /// How long a message holds.
  record Meaning(Thread onExit) implements AutoCloseable {
    @Override
    public void close() {
      try {
        Runtime.getRuntime().removeShutdownHook(onExit);
        MESSAGE.set(null);
      } catch (IllegalStateException e) {
        // The program is ending: the hook has spoken.
        return;
      }
    }
  }
}
