package topolip.study;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second run out of the folder of a study, or of one of its units. The system lets go of
/// it when the program ends, in whatever way.
public final class StudyLock implements AutoCloseable {
  private final FileChannel channel;

  private StudyLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the folder.
  ///
  /// @throws IOException if another run has it
  public static StudyLock of(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (locked(channel) == null) {
        throw new IOException(
            folder + ": another 'topolip study' works there; wait for it, or stop it");
      }
      return new StudyLock(channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Null if this program or another one has it.
  private static @Nullable FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
