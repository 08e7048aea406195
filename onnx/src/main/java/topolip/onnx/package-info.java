/// Networks in ONNX files, run by ONNX Runtime.
@NullMarked
package topolip.onnx;

import org.jspecify.annotations.NullMarked;
