package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageFolderTest {
  @TempDir Path folder;

  @BeforeEach
  void makeClasses() throws IOException {
    Files.createDirectories(folder.resolve("cat"));
    Files.createDirectories(folder.resolve("dog"));
    image("cat/a.png", 8, 6, 0xff0000);
    image("dog/b.png", 8, 6, 0x003300);
  }

  private void image(String name, int width, int height, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, rgb);
      }
    }
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  private Dataset open(DataSource source) throws IOException {
    return source.open(Split.TEST, 0);
  }

  private DataSource source() {
    return DataSource.parse("images:" + folder);
  }

  @Test
  void subFoldersAreClassesInTheOrderOfTheirNames() throws IOException {
    Dataset data = open(source());

    assertThat(data.classNames()).containsExactly("cat", "dog");
    assertThat(data.shape()).isEqualTo(new ImageShape(3, 6, 8));
    float[] red = data.read(0).values();
    assertThat(red[0]).isEqualTo(1);
    assertThat(red[48]).isZero();
    assertThat(data.read(1).values()[48]).isEqualTo(0.2f);
    assertThat(data.label(1)).isEqualTo(1);
  }

  @Test
  void digestDependsOnFilesClassesAndFitting() throws IOException {
    String digest = open(source()).sha256();

    assertThat(open(source()).sha256()).isEqualTo(digest).hasSize(64);
    assertThat(open(source().fitted(4, null)).sha256()).isNotEqualTo(digest);
    image("dog/b.png", 8, 6, 0x003301);
    assertThat(open(source()).sha256()).isNotEqualTo(digest);
  }

  @Test
  void splitsHaveFoldersOfTheirOwn() throws IOException {
    Files.createDirectories(folder.resolve("val/x"));
    image("val/x/c.png", 4, 4, 0);

    assertThat(open(source()).classNames()).containsExactly("x");
  }

  @Test
  void imagesAreResizedAndCropped() throws IOException {
    image("dog/b.png", 60, 30, 0x0000ff);
    Dataset data = open(source().fitted(6, 5));

    assertThat(data.shape()).isEqualTo(new ImageShape(3, 5, 5));
    assertThat(data.read(1).values()[50]).isCloseTo(1, within(1e-6f));
  }

  @Test
  void greyImagesHaveThreeEqualChannels() throws IOException {
    BufferedImage grey = new BufferedImage(8, 6, BufferedImage.TYPE_BYTE_GRAY);
    ImageIO.write(grey, "png", folder.resolve("cat/a.png").toFile());

    assertThat(open(source()).read(0).values()).hasSize(144).containsOnly(0);
  }

  @Test
  void imagesOfDifferentShapeAreNamed() throws IOException {
    image("dog/b.png", 9, 6, 0);
    Dataset data = open(source());

    assertThatThrownBy(() -> data.read(1))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("is 9 x 6 pixels, the first image 8 x 6")
        .hasMessageContaining("--resize");
  }

  @Test
  void emptyClassFolderIsNamed() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("ape"));

    assertThatThrownBy(() -> open(source()))
        .hasMessage(empty + ": is a class without images; expected PNG or JPEG files in it");
  }

  @Test
  void damagedImagesAreNamed() throws IOException {
    Files.writeString(folder.resolve("cat/a.png"), "not an image");
    assertThatThrownBy(() -> open(source()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("a.png")
        .hasMessageContaining("is no PNG or JPEG image");

    image("cat/a.png", 300, 300, 0x123456);
    byte[] whole = Files.readAllBytes(folder.resolve("cat/a.png"));
    Files.write(folder.resolve("cat/a.png"), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> open(source())).hasMessageContaining("is damaged");
  }

  @Test
  void imageThatClaimsBillionsOfPixelsIsNotDecoded() throws IOException {
    image("cat/a.png", 8, 6, 0);
    byte[] png = Files.readAllBytes(folder.resolve("cat/a.png"));
    png[16] = 0x00;
    png[17] = 0x01;
    png[20] = 0x00;
    png[21] = 0x01;
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(png, 12, 17);
    java.nio.ByteBuffer.wrap(png).putInt(29, (int) crc.getValue());
    Files.write(folder.resolve("cat/a.png"), png);

    assertThatThrownBy(() -> open(source())).hasMessageContaining("pixels, more than");
  }

  @Test
  void linkThatLeavesTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
    Files.createSymbolicLink(folder.resolve("cat/z.png"), elsewhere);

    assertThatThrownBy(() -> open(source())).hasMessageContaining("is a link that leaves");
  }

  @Test
  void folderWithoutClassesIsNamed(@TempDir Path none) {
    assertThatThrownBy(() -> open(DataSource.parse("images:" + none)))
        .hasMessage(none + ": has no sub-folders; expected one a class");
  }
}
