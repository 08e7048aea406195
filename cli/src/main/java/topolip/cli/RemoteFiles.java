package topolip.cli;

import java.io.IOException;
import java.nio.file.Path;

/// Files and folders on storage that is not mounted, such as HDFS: brought to this machine by the
/// program that has Spark, since this one has no such client. Found by [java.util.ServiceLoader].
@FunctionalInterface
public interface RemoteFiles {

  /// Where a copy of the file, or of the folder with all that is in it, lies on this machine.
  ///
  /// @param remote such as `hdfs://namenode:8020/data/test.npy`
  /// @throws IOException if it is not there, or cannot be read; the message names it
  Path local(String remote) throws IOException;
}
