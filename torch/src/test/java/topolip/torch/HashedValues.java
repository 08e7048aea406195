package topolip.torch;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;

/// The weights and images that `src/test/python/references.py` makes of names.
public final class HashedValues {

  private HashedValues() {}

  public static NetworkWeights weights(Network network) {
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (TensorSpec spec : Blueprint.of(network).tensors()) {
      arrays.put(spec.name(), FloatArray.wrap(spec.shape(), values(spec.name(), spec.shape())));
    }
    return NetworkWeights.of(network, arrays);
  }

  static Images images(ImageShape shape, int count) {
    float[] values = new float[count * shape.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (uniform("images", i) + 0.5);
    }
    return Images.wrap(shape, values);
  }

  private static float[] values(String name, List<Integer> shape) {
    int count = shape.stream().reduce(1, Math::multiplyExact);
    float[] values = new float[count];
    long crc = crc(name);
    double scale = Math.sqrt(12.0 * shape.getFirst() / count);
    boolean positive = name.endsWith(".running_var") || name.endsWith(".weight");
    for (int i = 0; i < count; i++) {
      double u = uniform(crc, i);
      values[i] = (float) (shape.size() > 1 ? u * scale : positive ? 1 + 0.5 * u : 0.5 * u);
    }
    return values;
  }

  private static double uniform(String name, long place) {
    return uniform(crc(name), place);
  }

  private static long crc(String name) {
    CRC32 crc = new CRC32();
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }

  private static double uniform(long crc, long place) {
    long z = (place + (crc << 32) + 1) * 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z = z ^ (z >>> 31);
    return (z >>> 40) / (double) (1L << 24) - 0.5;
  }
}
