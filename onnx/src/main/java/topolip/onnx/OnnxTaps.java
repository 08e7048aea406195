package topolip.onnx;

import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import topolip.model.DataFlow;
import topolip.model.GraphTaps;
import topolip.model.ImageInput;
import topolip.model.ModelException;

/// Finds the taps of a model by running it on blank images.
final class OnnxTaps {

  private OnnxTaps() {}

  static GraphTaps find(OnnxFile file, ImageInput input, OnnxSessions sessions)
      throws ModelException {
    GraphTaps.Declared graph =
        new GraphTaps.Declared(
            file.path(),
            OnnxGraph.flow(file.graph()),
            input,
            file.graph().getOutputList().stream().map(ValueInfoProto::getName).toList(),
            file.weights());
    int first = input.batch() == 0 ? 1 : input.batch();
    int second = input.batch() == 0 ? 2 : input.batch();
    try {
      GraphTaps.Seen once = probe(graph.flow(), input, sessions, first);
      GraphTaps.Seen twice = first == second ? once : probe(graph.flow(), input, sessions, second);
      return GraphTaps.find(graph, once, twice);
    } catch (OrtException e) {
      throw sessions.fault(e);
    }
  }

  /// The shapes of the float tensors for a batch of blank images.
  private static GraphTaps.Seen probe(
      DataFlow flow, ImageInput input, OnnxSessions sessions, int count) throws OrtException {
    float[] blank = new float[count * input.shape().values()];
    return new GraphTaps.Seen(
        count,
        sessions.inspect(
            flow.tensors(),
            blank,
            count,
            value ->
                value instanceof OnnxTensor tensor && tensor.getInfo().type == OnnxJavaType.FLOAT
                    ? tensor.getInfo().getShape()
                    : null));
  }
}
