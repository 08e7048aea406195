package topolip.dataset;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A data set whose images stay in memory once they were read, for those who read them again and
/// again: decoding a photograph or drawing a figure takes longer than a step of training.
///
/// Safe for use by several threads if the data set is.
public final class HeldImages implements Dataset {
  private final Dataset source;
  private final AtomicReferenceArray<float @Nullable []> images;

  private HeldImages(Dataset source) {
    this.source = source;
    this.images = new AtomicReferenceArray<>(source.size());
  }

  /// The data set, held, or as it is if it takes more memory: four bytes a value.
  ///
  /// @param bytes that images may take
  public static Dataset of(Dataset source, long bytes) {
    long needed = (long) Float.BYTES * source.shape().values() * source.size();
    return needed <= bytes ? new HeldImages(source) : source;
  }

  @Override
  public String name() {
    return source.name();
  }

  @Override
  public ImageShape shape() {
    return source.shape();
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public boolean labelled() {
    return source.labelled();
  }

  @Override
  public int label(int index) {
    return source.label(index);
  }

  @Override
  public List<String> classNames() {
    return source.classNames();
  }

  @Override
  public boolean classesByName() {
    return source.classesByName();
  }

  @Override
  public void read(int index, float[] target, int offset) throws IOException {
    float[] image = images.get(index);
    if (image == null) {
      image = new float[shape().values()];
      source.read(index, image, 0);
      images.set(index, image);
    }
    System.arraycopy(image, 0, target, offset, image.length);
  }

  @Override
  public String sha256() throws IOException {
    return source.sha256();
  }
}
