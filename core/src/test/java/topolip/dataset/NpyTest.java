package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyTest {
  @TempDir Path folder;

  private Path floats(String name, Long[] shape, float... values) throws IOException {
    Path file = folder.resolve(name);
    try (NpyWriter writer = NpyWriter.floats(file, shape)) {
      writer.write(values);
      writer.finish();
    }
    return file;
  }

  @Test
  void writtenArraysReadBack() throws IOException {
    Path file = floats("x.npy", new Long[] {2L, 3L}, 1, 2, 3, 4, 5, 6.5f);
    try (NpyArray array = NpyArray.open(file)) {
      assertThat(array.shape()).containsExactly(2L, 3L);
      assertThat(array.get(5)).isEqualTo(6.5);
      assertThat(array.holdsNativeFloats()).isTrue();
      assertThat(array.nativeFloats().byteSize()).isEqualTo(24);
    }
    assertThat(Files.size(file) % 8).isZero();
  }

  @Test
  void unfilledFileIsAnError() throws IOException {
    try (NpyWriter writer = NpyWriter.floats(folder.resolve("x.npy"), 3L)) {
      writer.write(1f);
      assertThatThrownBy(writer::finish).hasMessageContaining("2 values are missing");
    }
  }

  /// Bytes as NumPy 2.4 writes them.
  @ParameterizedTest
  @CsvSource({
    "<f2, 00:be, -1.5",
    ">f4, bf:c0:00:00, -1.5",
    "<f8, 00:00:00:00:00:00:f8:bf, -1.5",
    "|i1, fe, -2",
    "|u1, fe, 254",
    "<i2, fe:ff, -2",
    ">u2, ff:fe, 65534",
    "<i4, fe:ff:ff:ff, -2",
    "<u4, fe:ff:ff:ff, 4294967294",
    "<i8, fe:ff:ff:ff:ff:ff:ff:ff, -2",
    "|b1, 01, 1"
  })
  void everyTypeIsRead(String type, String bytes, double expected) throws IOException {
    byte[] values = java.util.HexFormat.ofDelimiter(":").parseHex(bytes);
    Path file =
        ByteFiles.npy(
            folder.resolve("x.npy"),
            "{'descr': '%s', 'fortran_order': False, 'shape': (1,), }\n".formatted(type),
            values);
    try (NpyArray array = NpyArray.open(file)) {
      assertThat(array.get(0)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }~holds '<c8'",
        "{'descr': '|O', 'fortran_order': False, 'shape': (1,), }~holds '|O'",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 2), }~Fortran order",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }~has 8 bytes of values, but its",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296), }~impossible",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }~impossible",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }~not NumPy's",
        "{'descr': __import__('os'), 'fortran_order': False, 'shape': (1,), }~not NumPy's",
      })
  void headersThatAreNotServedAreNamed(String header, String message) throws IOException {
    Path file = ByteFiles.npy(folder.resolve("x.npy"), header + "\n", new byte[8]);

    assertThatThrownBy(() -> NpyArray.open(file))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(message);
  }

  @Test
  void otherFilesAreRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("a.npy"), "1,2,3 and more text");
    assertThatThrownBy(() -> NpyArray.open(text)).hasMessage(text + ": is no .npy file");
    Path empty = Files.createFile(folder.resolve("b.npy"));
    assertThatThrownBy(() -> NpyArray.open(empty)).hasMessage(empty + ": is no .npy file");
    byte[] whole = Files.readAllBytes(floats("c.npy", new Long[] {1L}, 1));
    Path cut = Files.write(folder.resolve("d.npy"), Arrays.copyOf(whole, 20));
    assertThatThrownBy(() -> NpyArray.open(cut)).hasMessageContaining("truncated");
  }

  @Test
  void imagesAreReadInBothArrangements() throws IOException {
    Path first = floats("a.npy", new Long[] {1L, 3L, 1L, 2L}, 0, .1f, .2f, .3f, .4f, .5f);
    Path last = floats("b.npy", new Long[] {1L, 4L, 2L, 1L}, 0, .1f, .2f, .3f, .4f, .5f, .6f, .7f);
    Path rgb = floats("c.npy", new Long[] {1L, 2L, 1L, 3L}, 0, .1f, .2f, .3f, .4f, .5f);

    assertThat(DataSource.parse("npy:" + first).open(Split.TEST, 0).read(0).values())
        .containsExactly(0, .1f, .2f, .3f, .4f, .5f);
    assertThat(DataSource.parse("npy:" + last).open(Split.TEST, 0).shape())
        .isEqualTo(new ImageShape(1, 4, 2));
    assertThat(DataSource.parse("npy:" + rgb).open(Split.TEST, 0).read(0).values())
        .containsExactly(0, .3f, .1f, .4f, .2f, .5f);
  }

  @Test
  void labelsGoWithTheImages() throws IOException {
    Path x = floats("x.npy", new Long[] {2L, 1L, 1L, 1L}, 0, 1);
    Path y = folder.resolve("y.npy");
    try (NpyWriter writer = NpyWriter.longs(y, 2L)) {
      writer.writeLongs(4, 2);
      writer.finish();
    }
    Dataset data = DataSource.parse("npy:" + x + ":" + y).open(Split.TEST, 0);

    assertThat(data.label(0)).isEqualTo(4);
    assertThat(data.classNames()).hasSize(5);
    Dataset unlabelled = DataSource.parse("npy:" + x).open(Split.TEST, 0);
    assertThat(unlabelled.labelled()).isFalse();
    assertThatThrownBy(() -> unlabelled.label(0)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void imagesOutOfRangeAreNamed() throws IOException {
    Path x = floats("x.npy", new Long[] {2L, 1L, 1L, 1L}, 0, Float.NaN);
    Dataset data = DataSource.parse("npy:" + x).open(Split.TEST, 0);
    assertThatThrownBy(() -> data.read(1)).hasMessageContaining("image 1, value 0 is NaN");

    Path big = floats("big.npy", new Long[] {1L, 1L, 1L, 1L}, 255);
    Dataset bytes = DataSource.parse("npy:" + big).open(Split.TEST, 0);
    assertThatThrownBy(() -> bytes.read(0)).hasMessageContaining("is 255.0; expected values in");
  }

  @Test
  void arraysOfOtherShapeAreNamed() throws IOException {
    Path x = floats("x.npy", new Long[] {2L, 2L}, 0, 0, 0, 0);
    assertThatThrownBy(() -> DataSource.parse("npy:" + x).open(Split.TEST, 0))
        .hasMessage(x + ": has shape [2, 2]; expected (N, C, H, W)");

    Path images = floats("i.npy", new Long[] {2L, 1L, 1L, 1L}, 0, 0);
    assertThatThrownBy(() -> DataSource.parse("npy:" + images + ":" + images).open(Split.TEST, 0))
        .hasMessageContaining("holds floats of shape [2, 1, 1, 1]; expected integers of shape [2]");
  }
}
