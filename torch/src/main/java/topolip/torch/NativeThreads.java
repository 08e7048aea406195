package topolip.torch;

import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;

/// How many threads the native libraries may use.
public final class NativeThreads {
  private NativeThreads() {}

  /// Sets them: libtorch's for the calling thread alone, OpenBLAS's for the whole process, so that
  /// models that run at once should have the same. Threads of OpenBLAS spin while they wait:
  /// without the second a training with one thread keeps two cores busy.
  public static void use(int threads) {
    torch.set_num_threads(threads);
    openblas_full.openblas_set_num_threads(threads);
  }
}
