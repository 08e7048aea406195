package topolip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// A folder that a long run fills step by step, so that it can go on after an interruption.
///
/// @param path an existing folder
record FilledFolder(Path path) {

  /// @param resume whether there may be something in it
  /// @throws IOException if it holds something and may not
  static FilledFolder open(Path path, boolean resume) throws IOException {
    InputPath.requireLocal(path);
    if (!resume && Files.isDirectory(path)) {
      try (var entries = Files.list(path)) {
        if (entries.findAny().isPresent()) {
          throw new IOException(
              path + " is not empty; choose another --out, or go on with --resume");
        }
      }
    }
    return new FilledFolder(Files.createDirectories(path));
  }

  /// Removes a folder in it that is not needed any more.
  void delete(String name) throws IOException {
    Path folder = path.resolve(name);
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> entries;
    try (var all = Files.walk(folder)) {
      entries = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path entry : entries) {
      Files.delete(entry);
    }
  }
}
