package topolip.torch;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Optional;

/// The C library's heap, in which tensors are made.
///
/// glibc gives large blocks back to the system when they are freed, and the system clears the pages
/// of each new one: convolutions, which make and free several tensors as large as their images,
/// take up to half of their time for it.
final class NativeHeap {
  /// As `malloc.h` of glibc has them.
  private static final int M_TRIM_THRESHOLD = -1;

  private static final int M_MMAP_THRESHOLD = -3;

  /// Smaller blocks come from the heap; the largest value that every glibc takes.
  private static final int MAPPED_BYTES = 32 << 20;

  /// What the heap keeps at its end.
  private static final int KEPT_BYTES = 256 << 20;

  private NativeHeap() {}

  /// Has the heap keep freed tensors for the next ones, unless the environment tells it what to do.
  ///
  /// Only glibc is told; elsewhere nothing happens.
  @SuppressWarnings("restricted") // as all use of native libraries
  static void keepFreed() {
    if (isTold(System.getenv())) {
      return;
    }
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> mallopt = linker.defaultLookup().find("mallopt");
    if (mallopt.isEmpty()) {
      return;
    }
    MethodHandle set =
        linker.downcallHandle(
            mallopt.get(),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      int _ = (int) set.invokeExact(M_MMAP_THRESHOLD, MAPPED_BYTES);
      int _ = (int) set.invokeExact(M_TRIM_THRESHOLD, KEPT_BYTES);
    } catch (Throwable e) {
      throw new IllegalStateException("mallopt", e);
    }
  }

  /// Whether variables of glibc say how memory is kept.
  static boolean isTold(Map<String, String> environment) {
    return environment.getOrDefault("GLIBC_TUNABLES", "").contains("glibc.malloc.")
        || environment.containsKey("MALLOC_MMAP_THRESHOLD_")
        || environment.containsKey("MALLOC_TRIM_THRESHOLD_");
  }
}
