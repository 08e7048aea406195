package topolip.torch;

import java.io.IOException;
import java.nio.file.Path;

/// A safetensors file that cannot be read: which, and why.
public final class SafetensorsException extends IOException {
  private static final long serialVersionUID = 1;

  SafetensorsException(Path file, String reason) {
    super(file + ": " + reason);
  }

  SafetensorsException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
