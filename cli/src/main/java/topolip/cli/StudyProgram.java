package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import topolip.study.StudyRun;

/// Runs the commands of a study in this process, or in that of an executor.
record StudyProgram() implements StudyRun.Program {

  @Override
  public void run(List<String> words) throws IOException {
    Locale.setDefault(Locale.ROOT); // an executor may have another
    StringWriter failure = new StringWriter();
    int code =
        Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(failure))
            .execute(words.toArray(String[]::new));
    if (code == Failures.CANCELLED) {
      throw new CancellationException(failure.toString().strip());
    }
    if (code != 0) {
      throw new IOException(failure.toString().strip());
    }
  }
}
