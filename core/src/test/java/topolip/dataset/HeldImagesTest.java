package topolip.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class HeldImagesTest {

  /// Counts how often an image is read.
  private static final class Counted implements Dataset {
    private final Dataset shapes = Shapes.of(Split.TEST, 3);
    private final AtomicInteger reads = new AtomicInteger();

    @Override
    public String name() {
      return shapes.name();
    }

    @Override
    public ImageShape shape() {
      return shapes.shape();
    }

    @Override
    public int size() {
      return shapes.size();
    }

    @Override
    public boolean labelled() {
      return shapes.labelled();
    }

    @Override
    public int label(int index) {
      return shapes.label(index);
    }

    @Override
    public List<String> classNames() {
      return shapes.classNames();
    }

    @Override
    public void read(int index, float[] target, int offset) throws IOException {
      reads.incrementAndGet();
      shapes.read(index, target, offset);
    }

    @Override
    public String sha256() throws IOException {
      return shapes.sha256();
    }
  }

  @Test
  void imagesAreReadOnceAndAreTheSame() throws IOException {
    Counted counted = new Counted();
    Dataset held = HeldImages.of(counted, Long.MAX_VALUE);
    float[] first = held.read(5, 9, 5).values();
    float[] again = held.read(5, 9, 5).values();
    assertThat(again).isEqualTo(first).isEqualTo(counted.shapes.read(5, 9, 5).values());
    assertThat(counted.reads).hasValue(2);
    assertThat(held.sha256()).isEqualTo(counted.sha256());
    assertThat(held.label(7)).isEqualTo(counted.label(7));
  }

  @Test
  void whatDoesNotFitIsLeftAsItIs() {
    Counted counted = new Counted();
    long needed = 4L * 3 * 32 * 32 * 2000;
    assertThat(HeldImages.of(counted, needed - 1)).isSameAs(counted);
    assertThat(HeldImages.of(counted, needed)).isNotSameAs(counted);
  }
}
