package topolip.torch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;

/// Work with the native libraries, as long as it is open: tensors that are made belong to it.
///
/// When the program is stopped, its end waits for the calls that run, up to 10 s, and no more
/// begin: libtorch destroys what calls use when the process exits, and they would crash.
public final class NativeCall implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;
  private static final ReentrantReadWriteLock CALLS = new ReentrantReadWriteLock();

  static {
    NativeHeap.keepFreed();
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(NativeCall::end, "native calls"));
    } catch (IllegalStateException e) {
      CALLS.writeLock().lock(); // the program is ending already: no call may begin
    }
  }

  private final PointerScope scope = new PointerScope();

  private NativeCall() {}

  /// Begins on the calling thread, which must end it.
  ///
  /// @param threads that the libraries may use: libtorch's are set for the calling thread alone,
  ///   OpenBLAS's for the whole process, so that models that run at once should have the same.
  ///   Threads of OpenBLAS spin while they wait: without the second a training with one thread
  ///   keeps two cores busy
  public static NativeCall begin(int threads) {
    torch.set_num_threads(threads);
    openblas_full.openblas_set_num_threads(threads);
    NativeCall call = new NativeCall();
    CALLS.readLock().lock();
    return call;
  }

  @Override
  public void close() {
    try {
      scope.close();
    } finally {
      CALLS.readLock().unlock();
    }
  }

  /// Whether the end of the program waits for calls.
  static boolean isAwaited() {
    return CALLS.hasQueuedThreads();
  }

  /// Keeps the lock, if it gets it.
  private static void end() {
    try {
      boolean _ = CALLS.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
