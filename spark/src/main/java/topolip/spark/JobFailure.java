package topolip.spark;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import topolip.engine.Unit;
import topolip.engine.UnitFailure;

/// What Spark says of a job that failed, in terms of its units.
final class JobFailure {
  private static final Pattern TASK = Pattern.compile("Task (\\d+) in stage \\S+ failed");
  private static final Pattern STACK =
      Pattern.compile("\\s*\\R\\s*(at |Driver stacktrace:).*", Pattern.DOTALL);

  private static final Pattern MISSING =
      Pattern.compile("(ClassNotFoundException|NoClassDefFoundError): topolip[./]");

  /// As Spark says it, and as it is left of an executor: by its exit code.
  private static final Pattern MEMORY = Pattern.compile("Java heap space|exited with code 52\\b");

  private JobFailure() {}

  /// The unit that ended the job, with what it threw; with Spark's own words if its executor was
  /// lost or could not load it.
  static UnitFailure of(Exception failure, List<? extends List<? extends Unit<?, ?>>> batches) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnitTask.Failed unit) {
        return new UnitFailure(unit.unit(), unit.reason());
      }
      if (cause instanceof UnsupportedClassVersionError old) {
        return new UnitFailure(
            name(failure, batches),
            new IOException(
                "executors run an older Java than this program, which needs 25 or newer (set"
                    + " spark.executorEnv.JAVA_HOME): "
                    + old.getMessage(),
                failure));
      }
    }
    return new UnitFailure(name(failure, batches), new IOException(words(failure), failure));
  }

  /// The application has ended before the job.
  static UnitFailure ofStopped(
      Exception failure, List<? extends List<? extends Unit<?, ?>>> batches) {
    return new UnitFailure(
        name(failure, batches),
        new IOException(
            "Spark has ended the application; the logs of the master and the workers say why (a master of"
                + " another Spark than %s shows as unresponsive)".formatted(Application.SPARK),
            failure));
  }

  private static String name(
      Exception failure, List<? extends List<? extends Unit<?, ?>>> batches) {
    Matcher task = TASK.matcher(failure.getMessage() + "");
    List<? extends Unit<?, ?>> units =
        task.find()
            ? batches.get(Integer.parseInt(task.group(1)))
            : batches.stream().flatMap(List::stream).toList();
    String first = units.getFirst().name();
    return units.size() == 1 ? first : "%s and %d more".formatted(first, units.size() - 1);
  }

  private static String words(Exception failure) {
    String words = STACK.matcher(failure.getMessage() + "").replaceAll("");
    if (MEMORY.matcher(words).find()) {
      return "the heap of executors is full: give them more with --conf spark.executor.memory=4g, or fewer"
          + " cores each with --conf spark.executor.cores=1 (docs/spark.md): "
          + words;
    }
    return MISSING.matcher(words).find()
        ? "executors do not find the program: have it at the same path on each machine, or name it with"
            + " --conf spark.executor.extraClassPath=… (docs/spark.md): "
            + words
        : words;
  }
}
