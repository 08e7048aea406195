package topolip.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedSet;

/// Files of weights beside a model's file.
public final class WeightFiles {

  private WeightFiles() {}

  /// The file that a model wants weights from: beside it, and nowhere else.
  ///
  /// @param location relative to the model's folder
  /// @throws ModelException if it lies elsewhere, or is missing
  public static Path beside(Path model, String location) throws ModelException {
    Path folder = model.toAbsolutePath().resolveSibling("").normalize();
    Path data = folder.resolve(location).normalize();
    if (Path.of(location).isAbsolute() || !data.startsWith(folder)) {
      throw new ModelException(
          model, "wants weights from %s, outside its folder".formatted(location));
    }
    if (!Files.isRegularFile(data)) {
      throw new ModelException(
          model, "wants weights from %s, which is missing beside it".formatted(location));
    }
    return data;
  }

  /// SHA-256 of the model's file, then of each file of weights in their order, in hexadecimal.
  public static String sha256(Path model, SortedSet<Path> weights) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
    addTo(digest, model);
    for (Path data : weights) {
      addTo(digest, data);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addTo(MessageDigest digest, Path file) throws IOException {
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
