package topolip.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Reads the binary versions of CIFAR-10 and CIFAR-100: records of one label byte (two, coarse and
/// fine, in CIFAR-100) and 3,072 bytes of `(3, 32, 32)`.
///
/// Source: A. Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009.
final class CifarReader {
  private static final ImageShape SHAPE = new ImageShape(3, 32, 32);
  private static final int MOST_IMAGES = 60_000;
  private static final List<String> CIFAR10_CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private final Path path;
  private final int labelBytes;
  private final int classes;
  private final List<byte[]> images = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  private CifarReader(Path path, int labelBytes, int classes) {
    this.path = path;
    this.labelBytes = labelBytes;
    this.classes = classes;
  }

  static Dataset cifar10(Path path, Split split) throws IOException {
    Set<String> names =
        switch (split) {
          case TRAIN ->
              Set.of(
                  "data_batch_1.bin",
                  "data_batch_2.bin",
                  "data_batch_3.bin",
                  "data_batch_4.bin",
                  "data_batch_5.bin");
          case TEST -> Set.of("test_batch.bin");
        };
    return new CifarReader(path, 1, 10).read("cifar10", names, split, CIFAR10_CLASSES);
  }

  static Dataset cifar100(Path path, Split split) throws IOException {
    Set<String> names = Set.of(split == Split.TRAIN ? "train.bin" : "test.bin");
    List<String> numbered = new ArrayList<>();
    for (int c = 0; c < 100; c++) {
      numbered.add("class " + c);
    }
    return new CifarReader(path, 2, 100).read("cifar100", names, split, numbered);
  }

  private Dataset read(String name, Set<String> files, Split split, List<String> classNames)
      throws IOException {
    int record = labelBytes + SHAPE.values();
    Map<String, byte[]> contents = Archive.read(path, files, MOST_IMAGES * record + 1);
    if (contents.isEmpty()) {
      throw new DatasetException(
          path,
          "has no %s; expected the binary version of %s"
              .formatted(String.join(" or ", files.stream().sorted().toList()), name));
    }
    for (Map.Entry<String, byte[]> file : contents.entrySet()) {
      addRecords(file.getKey(), file.getValue(), record);
    }
    return new ByteImages(
        name + " " + split.name().toLowerCase(Locale.ROOT),
        SHAPE,
        images.toArray(byte[][]::new),
        labels.stream().mapToInt(Integer::intValue).toArray(),
        classNames);
  }

  private void addRecords(String file, byte[] bytes, int record) throws DatasetException {
    if (bytes.length == 0 || bytes.length % record != 0) {
      throw new DatasetException(
          path,
          "%s has %,d bytes, not a multiple of %,d: it is truncated or not the binary version"
              .formatted(file, bytes.length, record));
    }
    for (int start = 0; start < bytes.length; start += record) {
      int label = bytes[start + labelBytes - 1] & 0xff;
      if (label >= classes) {
        throw new DatasetException(
            path,
            "%s, record %d: label %d is none of the %d classes"
                .formatted(file, start / record, label, classes));
      }
      labels.add(label);
      images.add(Arrays.copyOfRange(bytes, start + labelBytes, start + record));
    }
  }
}
