package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// CIFAR-10 and Fashion-MNIST as published.
@EnabledIfSystemProperty(named = "topolip.shared", matches = ".+")
class RealDataSharedDataTest {
  private final Path folder = Path.of(System.getProperty("topolip.shared", "")).resolve("data");

  @Test
  void cifar10BeginsWithACat() throws IOException {
    DataSource source = DataSource.parse("cifar10:" + folder.resolve("cifar10-small.tar.gz"));
    Dataset test = source.open(Split.TEST, 0);

    assertThat(test.size()).isEqualTo(1000);
    assertThat(source.open(Split.TRAIN, 0).size()).isEqualTo(4000);
    // The first images of the test batch: cat, ship, ship, airplane, frog.
    assertThat(
            new int[] {test.label(0), test.label(1), test.label(2), test.label(3), test.label(4)})
        .containsExactly(3, 8, 8, 0, 6);
    // Its first pixel is (158, 112, 49).
    float[] cat = test.read(0).values();
    assertThat(new float[] {cat[0], cat[1024], cat[2048]})
        .containsExactly(158 / 255f, 112 / 255f, 49 / 255f);
  }

  @Test
  void fashionMnistIsBalanced() throws IOException {
    DataSource source = DataSource.parse("idx:" + folder.resolve("fashion-mnist-small.tar.gz"));
    Dataset test = source.open(Split.TEST, 0);

    assertThat(test.size()).isEqualTo(2000);
    assertThat(test.shape()).isEqualTo(new ImageShape(1, 28, 28));
    int[] counts = new int[10];
    for (int i = 0; i < test.size(); i++) {
      counts[test.label(i)]++;
    }
    assertThat(counts).containsOnly(200);
  }
}
