package topolip.torch;

import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;

/// How many threads the native libraries may use.
public final class NativeThreads {
  private NativeThreads() {}

  /// Sets them for what the calling thread runs next: libtorch keeps a number a thread, OpenBLAS,
  /// whose threads spin while they wait, one for the whole process. Without the second a training
  /// with one thread keeps two cores busy.
  public static void use(int threads) {
    torch.set_num_threads(threads);
    openblas_full.openblas_set_num_threads(threads);
  }
}
