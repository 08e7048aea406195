package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataSourceTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cifar10:a/b.tar.gz",
        "cifar100:a",
        "idx:mnist",
        "images:C:photos",
        "npy:x.npy",
        "npy:x.npy:y.npy",
        "shapes"
      })
  void textReadsBack(String text) {
    assertThat(DataSource.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cifar10", "cifar10:", "mnist:x", "Shapes", "tree"})
  void otherTextIsAnsweredWithTheForms(String text) {
    assertThatThrownBy(() -> DataSource.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected cifar10:PATH");
  }

  @Test
  void onlyFoldersOfImagesAreFitted() {
    assertThat(DataSource.parse("images:x").fitted(256, 224))
        .isEqualTo(new DataSource.Folder(Path.of("x"), 256, 224));
    assertThatThrownBy(() -> DataSource.parse("shapes").fitted(256, null))
        .hasMessageContaining("images:DIR");
  }
}
