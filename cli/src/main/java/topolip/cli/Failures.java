package topolip.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import topolip.engine.UnitFailure;

/// Turns what went wrong into one line and an exit code.
final class Failures {
  static final int CANCELLED = 130;
  private static final Pattern NAMES =
      Pattern.compile("(expected one of \\[[A-Z0-9_, ]+]) \\(case-insensitive\\)");

  private Failures() {}

  static int wrongUsage(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter err = command.getErr();
    String message = NAMES.matcher(oneLine(failure.getMessage())).replaceAll(Failures::lowerCase);
    err.println(name + ": " + message + meant(failure) + " (see " + name + " --help)");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /// What may have been meant by a word that is not known.
  private static String meant(ParameterException failure) {
    return failure instanceof UnmatchedArgumentException unmatched
            && !unmatched.getSuggestions().isEmpty()
        ? "; did you mean %s?".formatted(String.join(" or ", unmatched.getSuggestions()))
        : "";
  }

  static int failed(Exception failure, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + reason(failure));
    if (System.getenv("TOPOLIP_DEBUG") != null) {
      failure.printStackTrace(command.getErr());
    }
    return failure instanceof CancellationException
        ? CANCELLED
        : command.getCommandSpec().exitCodeOnExecutionException();
  }

  private static String reason(Exception failure) {
    return switch (failure) {
      case NoSuchFileException e -> e.getFile() + ": no such file or folder";
      case FileAlreadyExistsException e -> e.getFile() + ": exists already";
      case AccessDeniedException e -> e.getFile() + ": permission denied";
      case FileSystemException e when e.getReason() == null ->
          e.getFile() + ": " + e.getClass().getSimpleName();
      case UnitFailure e -> e.unit() + ": " + reason(e.reason());
      case IOException e -> oneLine(e.getMessage());
      case IllegalArgumentException e -> oneLine(e.getMessage());
      case ArithmeticException e -> oneLine(e.getMessage());
      case CancellationException _ -> Interruption.NOTHING_WRITTEN;
      default ->
          "unexpected %s: %s; please report it, with the output of TOPOLIP_DEBUG=1"
              .formatted(failure.getClass().getSimpleName(), oneLine(failure.getMessage()));
    };
  }

  /// The names of constants as one types them.
  private static String lowerCase(MatchResult names) {
    return Matcher.quoteReplacement(names.group(1).toLowerCase(Locale.ROOT));
  }

  private static String oneLine(@org.jspecify.annotations.Nullable String message) {
    return message == null ? "no reason given" : message.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
