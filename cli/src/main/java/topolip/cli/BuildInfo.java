package topolip.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IVersionProvider;

/// Which build of the program this is.
final class BuildInfo implements IVersionProvider {
  private static final Properties PROPERTIES = load();

  /// The version of the project.
  static String version() {
    return PROPERTIES.getProperty("git.build.version", "unknown");
  }

  /// The commit that was built, with `-dirty` behind it when the tree had been changed; null when
  /// it was not built in a checkout.
  static @Nullable String commit() {
    String commit = PROPERTIES.getProperty("git.commit.id.full", "");
    if (commit.isEmpty()) {
      return null;
    }
    return commit + (Boolean.parseBoolean(PROPERTIES.getProperty("git.dirty")) ? "-dirty" : "");
  }

  @Override
  public String[] getVersion() {
    String commit = commit();
    return new String[] {
      "topolip " + version() + (commit == null ? "" : " (" + commit + ")"),
      "Java " + System.getProperty("java.runtime.version")
    };
  }

  private static Properties load() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties;
  }
}
