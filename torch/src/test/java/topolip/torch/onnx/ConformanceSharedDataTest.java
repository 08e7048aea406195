package topolip.torch.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import topolip.model.ImageInput;

/// Every test of ONNX's conformance suite that needs nothing but supported operators passes.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class ConformanceSharedDataTest {
  private static final Path ARCHIVE =
      Path.of(System.getProperty("topolip.shared", "")).resolve("data/onnx-backend-1.14.tar.gz");

  @TempDir Path folder;

  private void unpack(String group) throws IOException {
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
  }

  private List<Conformance> unpacked(String group) throws IOException {
    unpack(group);
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
    String table = ConformanceTable.markdown(outcomes);
    Files.writeString(Path.of("target/onnx-operators.md"), table);
    assertThat(Path.of("../docs/onnx-operators.md"))
        .as("docs/onnx-operators.md: copy torch/target/onnx-operators.md there if it is right")
        .hasContent(table);
  }

  /// Published architectures whose weights are all the same, on images 0, 1/n, 2/n, …
  @Test
  void publishedArchitecturesRun() throws IOException {
    List<String> models = lightModels();
    assertThat(models).hasSize(9);
    for (String name : models) {
      Path file = folder.resolve("light").resolve(name + ".onnx");
      try (Program program = Program.of(OnnxSource.read(file), Precision.FLOAT32);
          PointerScope _ = new PointerScope();
          NoGradGuard _ = new NoGradGuard()) {
        ImageInput.Declared input = OnnxSource.read(file).inputs().getFirst();
        long[] shape = input.sides().stream().mapToLong(Integer::longValue).toArray();
        float[] ramp = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
        for (int i = 0; i < ramp.length; i++) {
          ramp[i] = (float) ((double) i / ramp.length);
        }
        String output = OnnxSource.read(file).outputs().getFirst();
        Tensor found =
            program
                .run(Map.of(input.name(), TensorValues.ofFloats(ramp, shape)), List.of(output))
                .getFirst();
        Tensor expected = Conformance.value(folder.resolve("light/" + name + "_output_0.pb"));
        assertThat(Conformance.difference(found, expected)).as(name).isEmpty();
      }
    }
  }

  private List<String> lightModels() throws IOException {
    unpack("light");
    try (Stream<Path> files = Files.list(folder.resolve("light"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".onnx"))
          .map(name -> name.replace(".onnx", ""))
          .sorted()
          .toList();
    }
  }
}
