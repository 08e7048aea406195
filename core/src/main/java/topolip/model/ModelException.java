package topolip.model;

import java.io.IOException;
import java.nio.file.Path;

/// A file that is not a model that can be measured: which, where in it, and why.
public final class ModelException extends IOException {
  private static final long serialVersionUID = 1;

  public ModelException(Path file, String reason) {
    super(file + ": " + reason);
  }

  public ModelException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
