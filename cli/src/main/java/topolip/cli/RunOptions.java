package topolip.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/// Options of every command that writes a folder.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class RunOptions {
  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Folder to write; it appears whole or not at all.")
  Path out;

  @Option(names = "--force", description = "Replace the folder if it exists.")
  boolean force;
}
