package topolip.torch.onnx;

import org.bytedeco.pytorch.global.torch.ScalarType;

/// In which numbers a network is computed whose file says float32.
public enum Precision {
  FLOAT32(ScalarType.Float),
  FLOAT64(ScalarType.Double);

  private final ScalarType type;

  Precision(ScalarType type) {
    this.type = type;
  }

  ScalarType type() {
    return type;
  }
}
