package topolip.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/// That libtorch loads on this platform.
class NativesTest {

  @Test
  void gradientOfASquareIsTwiceItsArgument() {
    try (PointerScope _ = new PointerScope()) {
      Tensor x = Tensor.create(1f, -2f, 3f).set_requires_grad(true);
      torch.sum(x.mul(x)).backward();
      float[] gradient = new float[3];
      x.grad().data_ptr_float().get(gradient);
      assertThat(gradient).containsExactly(2, -4, 6);
    }
  }
}
