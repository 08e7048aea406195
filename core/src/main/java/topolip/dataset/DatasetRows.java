package topolip.dataset;

import java.io.IOException;
import java.util.List;
import java.util.Objects;

/// Some consecutive images of a data set, as a data set of their own.
public final class DatasetRows implements Dataset {
  private final Dataset whole;
  private final String name;
  private final int from;
  private final int size;
  private final ContentHash hash = new ContentHash(this);

  private DatasetRows(Dataset whole, String name, int from, int size) {
    this.whole = whole;
    this.name = name;
    this.from = from;
    this.size = size;
  }

  /// The images from `from` to before `to`.
  ///
  /// @throws IndexOutOfBoundsException if there are not as many
  public static Dataset of(Dataset whole, String name, int from, int to) {
    Objects.checkFromToIndex(from, to, whole.size());
    return new DatasetRows(whole, name, from, to - from);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ImageShape shape() {
    return whole.shape();
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean labelled() {
    return whole.labelled();
  }

  @Override
  public int label(int index) {
    return whole.label(from + Objects.checkIndex(index, size));
  }

  @Override
  public List<String> classNames() {
    return whole.classNames();
  }

  @Override
  public void read(int index, float[] target, int offset) throws IOException {
    whole.read(from + Objects.checkIndex(index, size), target, offset);
  }

  @Override
  public String sha256() throws IOException {
    return hash.get();
  }
}
