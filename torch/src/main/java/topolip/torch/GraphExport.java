package topolip.torch;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// Writes the layers as nodes of an ONNX graph, operator set 17. A tensor is its name.
final class GraphExport implements Layers<String> {
  private final Map<String, FloatArray> weights;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private int unnamed;

  GraphExport(Map<String, FloatArray> weights) {
    this.weights = weights;
  }

  GraphProto.Builder graph() {
    return graph;
  }

  private String weight(String name) {
    FloatArray array = Objects.requireNonNull(weights.get(name), name);
    return constant(name, array);
  }

  /// A weight with the name of its layer, which is the layer's output here.
  private String parameter(String name) {
    return constant(name + ".weight", Objects.requireNonNull(weights.get(name), name));
  }

  private String constant(String name, FloatArray array) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, array.values().length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(array.values());
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes));
    array.shape().forEach(tensor::addDims);
    graph.addInitializer(tensor);
    return name;
  }

  private String scalar(double value) {
    return constant(fresh("constant"), FloatArray.wrap(List.of(), new float[] {(float) value}));
  }

  private String integers(long... values) {
    String name = fresh("shape");
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addDims(values.length);
    Arrays.stream(values).forEach(tensor::addInt64Data);
    graph.addInitializer(tensor);
    return name;
  }

  private String fresh(String what) {
    return what + "_" + unnamed++;
  }

  private String node(String operator, String output, List<String> inputs, AttributeProto... with) {
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(operator)
            .setName(output + "/" + operator)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(with)));
    return output;
  }

  private String node(String operator, List<String> inputs, AttributeProto... with) {
    return node(operator, fresh(operator.toLowerCase(Locale.ROOT)), inputs, with);
  }

  private static AttributeProto integer(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  private static AttributeProto list(String name, long... values) {
    AttributeProto.Builder attribute =
        AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  private static AttributeProto real(String name, double value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }

  @Override
  public String convolution(String name, String image, Convolution layer) {
    List<String> inputs =
        layer.bias()
            ? List.of(image, weight(name + ".weight"), weight(name + ".bias"))
            : List.of(image, weight(name + ".weight"));
    int pad = layer.padding();
    return node(
        "Conv",
        name,
        inputs,
        list("kernel_shape", layer.kernel(), layer.kernel()),
        list("strides", layer.stride(), layer.stride()),
        list("pads", pad, pad, pad, pad));
  }

  /// A matrix product, since `Gemm` takes matrices alone.
  @Override
  public String linear(String name, String x, Linear layer) {
    float[] rows = Objects.requireNonNull(weights.get(name + ".weight"), name).values();
    float[] columns = new float[rows.length];
    for (int o = 0; o < layer.out(); o++) {
      for (int i = 0; i < layer.in(); i++) {
        columns[i * layer.out() + o] = rows[o * layer.in() + i];
      }
    }
    FloatArray transposed = FloatArray.wrap(List.of(layer.in(), layer.out()), columns);
    String product = node("MatMul", List.of(x, constant(name + ".weight", transposed)));
    return node("Add", name, List.of(product, weight(name + ".bias")));
  }

  @Override
  public String batchNorm(String name, String image, int channels) {
    return node(
        "BatchNormalization",
        name,
        List.of(
            image,
            weight(name + ".weight"),
            weight(name + ".bias"),
            weight(name + ".running_mean"),
            weight(name + ".running_var")),
        real("epsilon", TorchLayers.BATCH_NORM_EPS));
  }

  @Override
  public String layerNorm(String name, String tokens, int width) {
    return node(
        "LayerNormalization",
        name,
        List.of(tokens, weight(name + ".weight"), weight(name + ".bias")),
        integer("axis", -1),
        real("epsilon", TorchLayers.LAYER_NORM_EPS));
  }

  @Override
  public String relu(String x) {
    return node("Relu", List.of(x));
  }

  /// x (1 + erf(x / √2)) / 2: operator set 17 has no `Gelu`.
  @Override
  public String gelu(String x) {
    String erf = node("Erf", List.of(node("Div", List.of(x, scalar(Math.sqrt(2))))));
    String twice = node("Mul", List.of(x, node("Add", List.of(erf, scalar(1)))));
    return node("Mul", List.of(twice, scalar(0.5)));
  }

  @Override
  public String add(String a, String b) {
    return node("Add", List.of(a, b));
  }

  @Override
  public String maxPool(String image) {
    return node(
        "MaxPool",
        List.of(image),
        list("kernel_shape", 3, 3),
        list("strides", 2, 2),
        list("pads", 1, 1, 1, 1));
  }

  @Override
  public String subsample(String image, int in, int stride, int channels) {
    String pixels =
        node(
            "MaxPool", List.of(image), list("kernel_shape", 1, 1), list("strides", stride, stride));
    int side = (channels - in) / 2;
    return node("Pad", List.of(pixels, integers(0, side, 0, 0, 0, side, 0, 0)));
  }

  @Override
  public String spaceMean(String image) {
    return node("ReduceMean", List.of(image), list("axes", 2, 3), integer("keepdims", 0));
  }

  @Override
  public String tokenMean(String tokens) {
    return node("ReduceMean", List.of(tokens), list("axes", 1), integer("keepdims", 0));
  }

  @Override
  public String firstToken(String tokens) {
    String first = constantIndex();
    return node("Gather", List.of(tokens, first), integer("axis", 1));
  }

  private String constantIndex() {
    String name = fresh("index");
    graph.addInitializer(
        TensorProto.newBuilder()
            .setName(name)
            .setDataType(TensorProto.DataType.INT64_VALUE)
            .addInt64Data(0));
    return name;
  }

  @Override
  public String tokens(String image) {
    String flat = node("Reshape", List.of(image, integers(0, 0, -1)));
    return node("Transpose", List.of(flat), list("perm", 0, 2, 1));
  }

  @Override
  public String transposed(String tokens) {
    return node("Transpose", List.of(tokens), list("perm", 0, 2, 1));
  }

  @Override
  public String classToken(String name, String tokens, int width) {
    String shape = node("Shape", List.of(tokens));
    String batch = node("Slice", List.of(shape, integers(0), integers(1)));
    String sides = node("Concat", List.of(batch, integers(1, width)), integer("axis", 0));
    String token = node("Expand", List.of(parameter(name), sides));
    return node("Concat", name, List.of(token, tokens), integer("axis", 1));
  }

  @Override
  public String positions(String name, String tokens, int count, int width) {
    return node("Add", name, List.of(tokens, parameter(name)));
  }

  @Override
  public String attention(String name, String queriesKeysValues, int width, int heads) {
    int each = width / heads;
    String parts = node("Reshape", List.of(queriesKeysValues, integers(0, 0, 3, heads, each)));
    List<String> heard =
        IntStream.range(0, 3).mapToObj(part -> part(parts, part)).toList(); // (…, tokens, each)
    String queries = node("Mul", List.of(heard.get(0), scalar(1 / Math.sqrt(each))));
    String keys = node("Transpose", List.of(heard.get(1)), list("perm", 0, 1, 3, 2));
    String scores = node("MatMul", List.of(queries, keys)); // (…, tokens, tokens)
    String shares = node("Softmax", List.of(scores), integer("axis", -1));
    String mixed = node("MatMul", List.of(shares, heard.get(2)));
    String ordered = node("Transpose", List.of(mixed), list("perm", 0, 2, 1, 3));
    return node("Reshape", name, List.of(ordered, integers(0, 0, width)));
  }

  /// Of `(batch, tokens, 3, heads, each)` the queries, keys or values: `(batch, heads, tokens,
  /// each)`.
  private String part(String parts, int index) {
    String slice = node("Slice", List.of(parts, integers(index), integers(index + 1), integers(2)));
    String squeezed = node("Squeeze", List.of(slice, integers(2)));
    return node("Transpose", List.of(squeezed), list("perm", 0, 2, 1, 3));
  }

  @Override
  public String normalise(String images, Normalisation normalisation) {
    int channels = normalisation.mean().size();
    List<Integer> shape = List.of(1, channels, 1, 1);
    String mean = constant("mean", FloatArray.wrap(shape, floats(normalisation.mean())));
    String std = constant("std", FloatArray.wrap(shape, floats(normalisation.std())));
    return node("Div", List.of(node("Sub", List.of(images, mean)), std));
  }

  private static float[] floats(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return floats;
  }

  /// The output of the last node gets the block's name.
  @Override
  public String block(String name, String kind, String x) {
    NodeProto.Builder last = graph.getNodeBuilder(graph.getNodeCount() - 1);
    if (!last.getOutput(0).equals(x)) {
      throw new IllegalStateException("block %s does not end in its last node".formatted(name));
    }
    last.setOutput(0, name).setName(name + "/" + last.getOpType());
    return name;
  }
}
