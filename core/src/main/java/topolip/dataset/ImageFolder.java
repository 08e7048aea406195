package topolip.dataset;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Images in one sub-folder a class, in the order of their names; decoded when read.
///
/// If the folder has `train` and `test` (or `val`), these are the splits; if not, both splits are
/// the whole folder. Images are PNG or JPEG.
final class ImageFolder implements Dataset {
  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg");

  private final String name;
  private final DataSource.Folder options;
  private final List<Path> files;
  private final List<Integer> labels;
  private final List<String> classNames;
  private final ImageShape shape;

  private ImageFolder(
      String name,
      DataSource.Folder options,
      List<Path> files,
      List<Integer> labels,
      List<String> classNames)
      throws IOException {
    this.name = name;
    this.options = options;
    this.files = files;
    this.labels = labels;
    this.classNames = classNames;
    BufferedImage first = ImageFile.read(files.getFirst(), options);
    this.shape = new ImageShape(3, first.getHeight(), first.getWidth());
  }

  static Dataset open(Path path, DataSource.Folder options, Split split) throws IOException {
    if (!Files.isDirectory(path)) {
      throw new DatasetException(path, "is no folder");
    }
    Path root = splitFolder(path, split);
    List<Path> classes = list(root, root).stream().filter(Files::isDirectory).toList();
    if (classes.isEmpty()) {
      throw new DatasetException(root, "has no sub-folders; expected one a class");
    }
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < classes.size(); label++) {
      List<Path> images =
          list(classes.get(label), root).stream().filter(ImageFolder::isImage).toList();
      if (images.isEmpty()) {
        throw new DatasetException(
            classes.get(label), "is a class without images; expected PNG or JPEG files in it");
      }
      for (Path image : images) {
        files.add(image);
        labels.add(label);
      }
    }
    List<String> names = classes.stream().map(c -> c.getFileName().toString()).toList();
    String name = path.getFileName() + " " + split.name().toLowerCase(Locale.ROOT);
    return new ImageFolder(name, options, files, labels, names);
  }

  private static Path splitFolder(Path path, Split split) {
    List<String> names = split == Split.TRAIN ? List.of("train") : List.of("test", "val");
    return names.stream().map(path::resolve).filter(Files::isDirectory).findFirst().orElse(path);
  }

  /// The entries of a folder in name order, hidden ones left out.
  private static List<Path> list(Path folder, Path root) throws IOException {
    List<Path> entries;
    try (var all = Files.list(folder)) {
      entries = all.filter(p -> !p.getFileName().toString().startsWith(".")).sorted().toList();
    }
    Path real = root.toRealPath();
    for (Path entry : entries) {
      if (!entry.toRealPath().startsWith(real)) {
        throw new DatasetException(entry, "is a link that leaves " + root);
      }
    }
    return entries;
  }

  private static boolean isImage(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return Files.isRegularFile(file) && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImageShape shape() {
    return shape;
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public boolean labelled() {
    return true;
  }

  @Override
  public int label(int index) {
    return labels.get(index);
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }

  @Override
  public boolean classesByName() {
    return true;
  }

  @Override
  public void read(int index, float[] target, int offset) throws IOException {
    BufferedImage image = ImageFile.read(files.get(index), options);
    if (image.getWidth() != shape.width() || image.getHeight() != shape.height()) {
      throw new DatasetException(
          files.get(index),
          "is %d x %d pixels, the first image %d x %d; make them equal with --resize and --crop"
              .formatted(image.getWidth(), image.getHeight(), shape.width(), shape.height()));
    }
    int plane = shape.height() * shape.width();
    int[] pixels = image.getRGB(0, 0, shape.width(), shape.height(), null, 0, shape.width());
    for (int i = 0; i < plane; i++) {
      target[offset + i] = (pixels[i] >> 16 & 0xff) / 255f;
      target[offset + plane + i] = (pixels[i] >> 8 & 0xff) / 255f;
      target[offset + 2 * plane + i] = (pixels[i] & 0xff) / 255f;
    }
  }

  /// Of what resizing and cropping were asked for, then of each file its class and bytes: decoding
  /// a large folder once more would take minutes.
  @Override
  public String sha256() throws IOException {
    MessageDigest digest = ContentHash.sha256();
    digest.update((options.resize() + " " + options.crop()).getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < files.size(); i++) {
      String entry = "\n" + classNames.get(labels.get(i)) + " " + Files.size(files.get(i)) + "\n";
      digest.update(entry.getBytes(StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(files.get(i)));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
