/// Networks in ONNX files with gradients: an executor of ONNX graphs on libtorch.
///
/// A file is read ([OnnxSource]), what depends on no image is computed once ([Program]), and each
/// run computes the remaining nodes in their order by [Operators], with or without automatic
/// differentiation. [DifferentiableOnnx] is the model that comes of it.
@NullMarked
package topolip.torch.onnx;

import org.jspecify.annotations.NullMarked;
