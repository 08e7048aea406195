package topolip.torch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Scopes of the blocks of a network, one at a time: what a block made is freed when the next
/// begins.
final class BlockScopes implements AutoCloseable {
  private PointerScope scope = new PointerScope();

  /// Frees all but a block's output.
  void next(Tensor output) {
    output.retainReference();
    scope.close();
    scope = new PointerScope();
    scope.attach(output);
    output.releaseReference();
  }

  @Override
  public void close() {
    scope.close();
  }
}
