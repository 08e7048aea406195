package topolip.study;

import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/// A piece of work of a study: a `topolip` command whose folder, once it is there, is not made
/// again.
///
/// @param kind what it finds out
/// @param network the name of the network
/// @param seed of the network
/// @param subject what the kind is of, such as the perturbation; empty where there is one
/// @param model what the command is about: an architecture, a file, or what another unit trained
/// @param arguments of the command besides
/// @param digest of everything that the result depends on: the arguments, the content of the data
///   and of the files that the network and options name, the program, and the digests of the units
///   before
public record Unit(
    Kind kind,
    String network,
    long seed,
    String subject,
    Model model,
    List<String> arguments,
    String digest)
    implements Serializable {
  private static final String SECONDS = "seconds.txt";

  /// What units find out.
  public enum Kind {
    TRAIN("train", "model.onnx"),
    PROFILE("measure", "result.json"),
    SENSITIVITY("measure", "result.json"),
    UNTRAINED("measure", "result.json"),
    PAIRED("measure", "result.json"),
    ACCURACY("evaluate", "result.json"),
    ATTACK("attack", "result.json"),
    BOUNDS("bounds", "result.json");

    private final String command;
    private final String last;

    /// @param last the file that the command writes last
    Kind(String command, String last) {
      this.command = command;
      this.last = last;
    }

    /// Whether its command is `measure`.
    boolean measures() {
      return command.equals("measure");
    }

    /// Whether its command goes on in a folder that an interruption left.
    boolean resumes() {
      return this == TRAIN || this == ATTACK;
    }
  }

  /// What a command is about.
  public sealed interface Model extends Serializable {

    /// As the user named it.
    record Named(String name) implements Model {}

    /// The weights in the folder of a unit that trains.
    record Trained(Unit by) implements Model {}
  }

  public Unit {
    arguments = List.copyOf(arguments);
  }

  /// The name of its folder.
  public String folder() {
    String what = subject.isEmpty() ? "" : "-" + subject.replaceAll("[^\\w.]+", "_");
    return "%s-%s-%d%s-%s"
        .formatted(
            kind.name().toLowerCase(Locale.ROOT), network, seed, what, digest.substring(0, 8));
  }

  /// Whether its result is among these units' folders.
  boolean isDone(Path units) {
    return Files.isRegularFile(units.resolve(folder()).resolve(kind.last));
  }

  /// What must be done before, if anything.
  Optional<Unit> needs() {
    return model instanceof Model.Trained trained ? Optional.of(trained.by()) : Optional.empty();
  }

  /// How long it took; empty if it is not known.
  OptionalDouble seconds(Path units) throws IOException {
    Path file = units.resolve(folder()).resolve(SECONDS);
    try {
      return Files.isRegularFile(file)
          ? OptionalDouble.of(Double.parseDouble(Files.readString(file).strip()))
          : OptionalDouble.empty();
    } catch (NumberFormatException e) {
      throw new IOException(file + ": damaged; delete it: " + e.getMessage(), e);
    }
  }

  /// Runs its command, unless an earlier run did, and notes how long it took.
  ///
  /// @throws IOException if the command fails, or leaves no result
  void run(StudyRun.Program program, Path units) throws IOException {
    if (isDone(units)) {
      return;
    }
    long began = System.nanoTime();
    if (kind.resumes()) {
      // Two attempts would write the same files, as when a lost executor is not dead.
      try (StudyLock _ = StudyLock.of(Files.createDirectories(units.resolve(folder())))) {
        program.run(command(units));
      }
    } else {
      program.run(command(units));
    }
    if (!isDone(units)) {
      throw new IOException("left no result");
    }
    StudyFiles.replace(
        units.resolve(folder()).resolve(SECONDS), (System.nanoTime() - began) / 1e9 + "\n");
  }

  /// The words after `topolip`, as one may type them.
  public List<String> command(Path units) {
    List<String> words = new ArrayList<>(List.of(kind.command));
    words.add(
        switch (model) {
          case Model.Named named -> named.name();
          case Model.Trained trained ->
              units.resolve(trained.by().folder()).resolve("model.safetensors").toString();
        });
    words.addAll(arguments);
    words.addAll(List.of("--out", units.resolve(folder()).toString()));
    if (kind.resumes()) {
      words.add("--resume");
    }
    return words;
  }

  /// The digest of some text, in hexadecimal.
  static String digest(List<String> parts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        sha256.update(part.getBytes(StandardCharsets.UTF_8));
        sha256.update((byte) 0);
      }
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
