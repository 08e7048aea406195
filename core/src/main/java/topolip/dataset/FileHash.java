package topolip.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/// The SHA-256 of files as they lie on the disk.
public final class FileHash {
  private FileHash() {}

  /// Of the bytes of these files, one after the other, in hexadecimal: of one file, what
  /// `sha256sum` prints.
  public static String sha256(List<Path> files) throws IOException {
    MessageDigest digest = ContentHash.sha256();
    for (Path file : files) {
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
