package topolip.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// A folder that appears whole or not at all.
///
/// Files are written to a folder aside, in the same parent, which [#commit()] moves into place. It
/// carries a mark, and only an empty folder or one with that mark is ever replaced, and the latter
/// only when forced.
final class OutputFolder implements AutoCloseable {
  private static final String MARK = ".topolip";

  private final Path target;
  private final Path aside;
  private final boolean force;
  private final List<Path> parents;
  private final Thread onExit;

  private OutputFolder(Path target, Path aside, boolean force, List<Path> parents) {
    this.target = target;
    this.aside = aside;
    this.force = force;
    this.parents = parents;
    this.onExit = new Thread(this::interrupted);
    Runtime.getRuntime().addShutdownHook(onExit);
  }

  /// @param inputs what is read, which the folder must not hold
  /// @throws IOException if the folder may not be written: it is a file, holds an input or the
  ///   working folder, or is not empty and either `force` is false or the program did not write it
  static OutputFolder create(Path folder, boolean force, List<Path> inputs) throws IOException {
    InputPath.requireLocal(folder);
    Path target = folder.toAbsolutePath().normalize();
    Path parent = target.getParent();
    if (parent == null) {
      throw new IOException(target + " cannot be replaced; choose another --out");
    }
    requireReplaceable(target, force);
    if (Files.exists(target)) {
      requireElsewhere(target, inputs);
    }
    List<Path> parents = missing(parent);
    Files.createDirectories(parent);
    return new OutputFolder(
        target, Files.createDirectory(beside(target, "partial")), force, parents);
  }

  private static void requireReplaceable(Path target, boolean force) throws IOException {
    if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    if (!Files.isDirectory(target)) {
      throw new IOException(target + " is a file; choose another --out");
    }
    if (isEmptyFolder(target)) {
      return;
    }
    if (!force) {
      throw new IOException(target + " exists; choose another --out, or replace it with --force");
    }
    if (!Files.exists(target.resolve(MARK))) {
      throw new IOException(
          target
              + " was not written by topolip, so --force does not replace it; choose another"
              + " --out");
    }
  }

  private static void requireElsewhere(Path target, List<Path> inputs) throws IOException {
    for (Path input : inputs) {
      if (input.toAbsolutePath().normalize().startsWith(target)) {
        throw new IOException(
            "%s would replace the input %s; choose another --out".formatted(target, input));
      }
    }
    if (Path.of("").toAbsolutePath().normalize().startsWith(target)) {
      throw new IOException(target + " holds the working folder; choose another --out");
    }
  }

  /// The folders that do not exist yet, the innermost first.
  private static List<Path> missing(Path folder) {
    List<Path> missing = new ArrayList<>();
    for (Path p = folder; p != null && !Files.exists(p); p = p.getParent()) {
      missing.add(p);
    }
    return missing;
  }

  /// A hidden name in the same folder, that no other process uses, on this machine or another.
  private static Path beside(Path target, String what) {
    return target.resolveSibling(
        ".%s-%s-%s".formatted(target.getFileName(), what, UUID.randomUUID()));
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
  ///
  /// @throws IOException if a folder has appeared there meanwhile that may not be replaced
  void commit() throws IOException {
    requireReplaceable(target, force);
    Files.writeString(
        aside.resolve(MARK), "Written by topolip, which may replace this folder with --force.\n");
    parents.clear();
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

  /// The program ends with the folder still open: the user has stopped it.
  private void interrupted() {
    discard();
    Interruption.say();
  }

  /// Removes what was not committed, with the folders that were made for it.
  private void discard() {
    deleteQuietly(aside);
    for (Path parent : parents) {
      try {
        Files.deleteIfExists(parent);
      } catch (IOException e) {
        return; // others have put something there
      }
    }
  }

  @Override
  public void close() {
    discard();
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
