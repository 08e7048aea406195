package topolip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.TypeConversionException;

class InputPathTest {

  @Test
  void wordsWithoutSchemeArePathsOfThisMachine() {
    assertThat(InputPath.of("data/x.npy")).isEqualTo(Path.of("data/x.npy"));
    assertThat(InputPath.of("/data/a:b.npy")).isEqualTo(Path.of("/data/a:b.npy"));
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
