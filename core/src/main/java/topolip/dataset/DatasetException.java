package topolip.dataset;

import java.io.IOException;
import java.nio.file.Path;

/// A file that does not hold the data it should: which, where in it, and why.
public final class DatasetException extends IOException {
  private static final long serialVersionUID = 1;

  public DatasetException(Path file, String reason) {
    super(file + ": " + reason);
  }

  public DatasetException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
