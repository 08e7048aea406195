package topolip.torch;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A network and values for all of its tensors, on the heap.
public final class NetworkWeights {
  private final Network network;
  private final Blueprint blueprint;
  private final Map<String, FloatArray> arrays;

  private NetworkWeights(Network network, Blueprint blueprint, Map<String, FloatArray> arrays) {
    this.network = network;
    this.blueprint = blueprint;
    this.arrays = Collections.unmodifiableMap(arrays);
  }

  /// Random weights: they depend on the network and the seed alone.
  ///
  /// @throws IllegalArgumentException if the architecture cannot take such images
  public static NetworkWeights random(Network network, long seed) {
    Blueprint blueprint = Blueprint.of(network);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    for (TensorSpec spec : blueprint.tensors()) {
      float[] values = spec.initial().draw(spec.sides(), seed, arrays.size());
      arrays.put(spec.name(), FloatArray.wrap(spec.shape(), values));
    }
    return new NetworkWeights(network, blueprint, arrays);
  }

  /// These tensors, by name. Counters of batches (`num_batches_tracked`) are not needed and may be
  /// there.
  ///
  /// @throws IllegalArgumentException if tensors are missing, unexpected or of another shape; the
  ///   message lists them
  static NetworkWeights of(Network network, Map<String, FloatArray> given) {
    Blueprint blueprint = Blueprint.of(network);
    Map<String, FloatArray> arrays = new LinkedHashMap<>();
    Map<String, FloatArray> left = new LinkedHashMap<>(given);
    left.keySet().removeIf(name -> name.endsWith(".num_batches_tracked"));
    List<String> faults = new ArrayList<>();
    for (TensorSpec spec : blueprint.tensors()) {
      FloatArray array = left.remove(spec.name());
      if (array == null) {
        faults.add("%s %s is missing".formatted(spec.name(), spec.shape()));
      } else if (!array.shape().equals(spec.shape())) {
        faults.add("%s has shape %s, not %s".formatted(spec.name(), array.shape(), spec.shape()));
      } else {
        arrays.put(spec.name(), array);
      }
    }
    left.forEach((name, array) -> faults.add("%s %s is unexpected".formatted(name, array.shape())));
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "%d tensors do not fit the architecture: %s"
              .formatted(faults.size(), String.join("; ", faults)));
    }
    return new NetworkWeights(network, blueprint, arrays);
  }

  public Network network() {
    return network;
  }

  Blueprint blueprint() {
    return blueprint;
  }

  Map<String, FloatArray> arrays() {
    return arrays;
  }

  /// SHA-256 of names, shapes and values.
  public String sha256() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
    digest.update(network.toString().getBytes(StandardCharsets.UTF_8));
    arrays.forEach((name, array) -> {
      digest.update((name + array.shape()).getBytes(StandardCharsets.UTF_8));
      ByteBuffer bytes =
          ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, array.values().length))
              .order(ByteOrder.LITTLE_ENDIAN);
      bytes.asFloatBuffer().put(array.values());
      digest.update(bytes);
    });
    return HexFormat.of().formatHex(digest.digest());
  }
}
