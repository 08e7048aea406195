package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// The heap of the C library is told nothing where the user has told it something. What it does
/// with freed memory is measured by `benchmarks/networks`: it depends on all that was freed before.
class NativeHeapTest {

  @Test
  void theEnvironmentDecidesFirst() {
    assertThat(NativeHeap.isTold(Map.of())).isFalse();
    assertThat(NativeHeap.isTold(Map.of("GLIBC_TUNABLES", "glibc.cpu.hwcaps=x"))).isFalse();
    assertThat(NativeHeap.isTold(Map.of("GLIBC_TUNABLES", "glibc.malloc.arena_max=1"))).isTrue();
    assertThat(NativeHeap.isTold(Map.of("MALLOC_TRIM_THRESHOLD_", "1000"))).isTrue();
    assertThat(NativeHeap.isTold(Map.of("MALLOC_MMAP_THRESHOLD_", "1000"))).isTrue();
  }
}
