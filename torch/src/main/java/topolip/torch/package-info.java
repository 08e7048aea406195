/// Networks with gradients on libtorch: built-in architectures, their training, and their files.
///
/// What crosses the package's border is heap arrays: native memory is freed by the `PointerScope`
/// of the call that took it, or by closing the model that holds it.
@NullMarked
package topolip.torch;

import org.jspecify.annotations.NullMarked;
