package topolip.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;

/// A folder that appears whole or not at all.
///
/// Files are written to a folder aside, in the same parent, which [#commit()] moves into place. An
/// existing folder is replaced only when forced, and only then.
final class OutputFolder implements AutoCloseable {
  private final Path target;
  private final Path aside;
  private final Thread onExit;

  private OutputFolder(Path target, Path aside) {
    this.target = target;
    this.aside = aside;
    this.onExit = new Thread(() -> deleteQuietly(aside));
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /// @throws FileAlreadyExistsException if the folder exists, is not empty and `force` is false
  static OutputFolder create(Path folder, boolean force) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    if (Files.exists(target) && !force && !isEmptyFolder(target)) {
      throw new IOException(target + " exists; choose another --out, or replace it with --force");
    }
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw new IOException(target + " is a file; choose another --out");
    }
    Path parent = target.getParent();
    if (parent == null) {
      throw new IOException(target + " cannot be replaced; choose another --out");
    }
    Files.createDirectories(parent);
    return new OutputFolder(target, Files.createDirectory(beside(target, "partial")));
  }

  /// A hidden name in the same folder, that no other process uses.
  private static Path beside(Path target, String what) {
    return target.resolveSibling(
        ".%s-%s-%d".formatted(target.getFileName(), what, ProcessHandle.current().pid()));
  }

  /// Where to write.
  Path path() {
    return aside;
  }

  /// Where the files will be.
  Path target() {
    return target;
  }

  /// Moves what was written into place.
  void commit() throws IOException {
    if (Files.exists(target)) {
      Path old = beside(target, "old");
      Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
      try {
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
        throw e;
      }
      deleteQuietly(old);
    } else {
      Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /// Removes what was not committed.
  @Override
  public void close() {
    deleteQuietly(aside);
    try {
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (IllegalStateException e) {
      // The program is ending: the hook has done this work.
      return;
    }
  }

  private static boolean isEmptyFolder(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (var entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  /// What cannot be deleted is left behind: nothing depends on it.
  private static void deleteQuietly(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(
                Path visited, @org.jspecify.annotations.Nullable IOException failure)
                throws IOException {
              Files.delete(visited);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      System.err.println("left behind: " + folder);
    }
  }
}
