package topolip.torch.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Every test of ONNX's conformance suite that needs nothing but supported operators passes.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class ConformanceSharedDataTest {
  private static final Path ARCHIVE =
      Path.of(System.getProperty("topolip.shared", "")).resolve("data/onnx-backend-1.14.tar.gz");

  @TempDir Path folder;

  private List<Conformance> unpacked(String group) throws IOException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(ARCHIVE));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (entry.isFile() && target.startsWith(folder.resolve(group))) {
          Files.createDirectories(target.getParent());
          Files.copy(tar, target);
        }
      }
    }
    try (Stream<Path> tests = Files.list(folder.resolve(group))) {
      return tests.sorted().map(Conformance::new).toList();
    }
  }

  @Test
  void nodesComputeWhatOnnxSays() throws IOException {
    List<Conformance.Outcome> outcomes = new ArrayList<>();
    for (Conformance test : unpacked("node")) {
      outcomes.add(test.run());
    }
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.kind() == Conformance.Kind.FAILED)
        .as("failed")
        .isEmpty();
    assertThat(outcomes)
        .filteredOn(outcome -> outcome.kind() == Conformance.Kind.PASSED)
        .hasSizeGreaterThan(700);
  }
}
