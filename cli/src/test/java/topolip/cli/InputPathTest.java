package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class InputPathTest {

  @Test
  void wordsWithoutSchemeArePathsOfThisMachine() {
    assertThat(InputPath.of("data/x.npy")).isEqualTo(Path.of("data/x.npy"));
    assertThat(InputPath.of("file:///x.npy")).isEqualTo(Path.of("file:/x.npy"));
    assertThat(InputPath.of("/data/a:b.npy")).isEqualTo(Path.of("/data/a:b.npy"));
  }

  @Test
  void resultsStayOnThisMachine() throws IOException {
    InputPath.requireLocal(Path.of("runs/x"));
    assertThatThrownBy(() -> InputPath.requireLocal(Path.of("hdfs://host/x")))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "hdfs:/host/x is no folder of this machine: results are written to mounted paths only");
    assertThatThrownBy(() -> OutputFolder.create(Path.of("s3a://bucket/x"), false, List.of()))
        .hasMessageContaining("is no folder of this machine");
    assertThatThrownBy(() -> FilledFolder.open(Path.of("s3a://bucket/x"), true))
        .hasMessageContaining("is no folder of this machine");
  }

  @Test
  void remoteFilesNeedTheProgramWithSpark() {
    assertThatThrownBy(() -> InputPath.of("hdfs://host:8020/x.npy"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'hdfs://host:8020/x.npy' needs the program with Spark");
    assertThatThrownBy(() -> new DataSourceConverter().convert("npy:s3a://bucket/x.npy"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'s3a://bucket/x.npy' needs");
    assertThatThrownBy(() -> new ModelFile.Converter().convert("hdfs://host/net.onnx?mean=0&std=1"))
        .isInstanceOf(TypeConversionException.class)
        .hasMessageContaining("'hdfs://host/net.onnx' needs");
  }
}
