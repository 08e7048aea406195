package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeThreadsTest {
  private final int before = torch.get_num_threads();

  @AfterEach
  void restore() {
    NativeThreads.use(before);
  }

  @Test
  void bothLibrariesUseAsManyThreadsAsAskedFor() {
    for (int threads : new int[] {2, 1}) {
      NativeThreads.use(threads);

      assertThat(torch.get_num_threads()).isEqualTo(threads);
      // OpenBLAS has at most as many as there are cores.
      assertThat(openblas_full.openblas_get_num_threads()).isBetween(1, threads);
    }
  }
}
