package topolip.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// The files of a data set, from a folder or from a `.tar` or `.tar.gz`.
///
/// Archives are read as streams: nothing is written to disk, so that no name in an archive can
/// reach another file. Only plain files whose last name is asked for are read, and no more bytes of
/// them than they may have.
final class Archive {
  private Archive() {}

  /// The contents of those of `names` that are there, by name.
  ///
  /// @param largest more bytes than any of these files can have
  static Map<String, byte[]> read(Path path, Set<String> names, int largest) throws IOException {
    return Files.isDirectory(path)
        ? readFolder(path, names, largest)
        : readTar(path, names, largest);
  }

  private static Map<String, byte[]> readFolder(Path folder, Set<String> names, int largest)
      throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    for (String name : names) {
      Optional<Path> file =
          candidates(folder).stream()
              .map(place -> place.resolve(name))
              .filter(Files::isRegularFile)
              .findFirst();
      if (file.isPresent()) {
        try (InputStream in = Files.newInputStream(file.get())) {
          files.put(name, bounded(file.get(), name, in, largest));
        }
      }
    }
    return files;
  }

  /// The folder, and the folders in it: archives unpack into one of their own.
  private static List<Path> candidates(Path folder) throws IOException {
    List<Path> places = new ArrayList<>(List.of(folder));
    try (var entries = Files.list(folder)) {
      entries.filter(Files::isDirectory).sorted().forEach(places::add);
    }
    return places;
  }

  private static Map<String, byte[]> readTar(Path path, Set<String> names, int largest)
      throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(path));
        TarArchiveInputStream tar = new TarArchiveInputStream(unpacked(raw))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (entry.isFile() && names.contains(name) && !files.containsKey(name)) {
          files.put(name, bounded(path, name, tar, largest));
        }
      }
      return files;
    } catch (DatasetException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new DatasetException(
          path,
          "not a whole .tar or .tar.gz archive: " + e.getMessage() + "; download it again",
          e);
    }
  }

  /// Undoes gzip if the stream begins as gzip does.
  static InputStream unpacked(InputStream in) throws IOException {
    in.mark(2);
    int first = in.read();
    int second = in.read();
    in.reset();
    return first == 0x1f && second == 0x8b ? new BufferedInputStream(new GZIPInputStream(in)) : in;
  }

  private static byte[] bounded(Path path, String name, InputStream in, int largest)
      throws IOException {
    byte[] bytes = in.readNBytes(largest);
    if (bytes.length == largest) {
      throw new DatasetException(
          path, "%s has %,d bytes or more, too many for this data set".formatted(name, largest));
    }
    return bytes;
  }
}
