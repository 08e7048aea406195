package topolip.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import topolip.model.ImageInput;
import topolip.model.ModelException;

/// Runs a model with any of its tensors as outputs.
///
/// The tensors are declared as outputs in a copy of the model, for which ONNX Runtime has a
/// session; the last session is kept, since one set of taps is asked for many times.
final class OnnxSessions implements AutoCloseable {
  private final OnnxFile file;
  private final ImageInput input;
  private final int threads;
  private final OrtEnvironment environment;
  private @Nullable OrtSession session;
  private List<String> sessionOutputs = List.of();

  OnnxSessions(OnnxFile file, ImageInput input, int threads) {
    this.file = file;
    this.input = input;
    this.threads = threads;
    this.environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "topolip");
  }

  /// What is found out about a tensor by running.
  interface Inspection<T> {
    @Nullable T inspect(OnnxValue value) throws OrtException;
  }

  /// The values of the outputs, in their order, for a batch in the model's own arrangement.
  List<float[]> run(List<String> outputs, float[] batch, int count) throws OrtException {
    Map<String, float[]> values =
        inspect(
            outputs,
            batch,
            count,
            value -> {
              FloatBuffer buffer = ((OnnxTensor) value).getFloatBuffer();
              float[] copy = new float[buffer.remaining()];
              buffer.get(copy);
              return copy;
            });
    return outputs.stream().map(values::get).toList();
  }

  /// What an inspection makes of each output, null left out.
  <T> Map<String, T> inspect(
      List<String> outputs, float[] batch, int count, Inspection<T> inspection)
      throws OrtException {
    if (outputs.isEmpty()) {
      return Map.of(); // ONNX Runtime refuses to run for nothing: a graph may have no weights
    }
    try (OnnxTensor images =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(batch), input.axes(count));
        OrtSession.Result result =
            session(outputs).run(Map.of(input.name(), images), Set.copyOf(outputs))) {
      Map<String, T> found = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        T inspected = inspection.inspect(output.getValue());
        if (inspected != null) {
          found.put(output.getKey(), inspected);
        }
      }
      return found;
    }
  }

  private OrtSession session(List<String> outputs) throws OrtException {
    if (session == null || !sessionOutputs.equals(outputs)) {
      close();
      session = open(outputs);
      sessionOutputs = outputs;
    }
    return session;
  }

  private OrtSession open(List<String> outputs) throws OrtException {
    ModelProto.Builder model = file.proto().toBuilder();
    Set<String> declared =
        model.getGraph().getOutputList().stream()
            .map(ValueInfoProto::getName)
            .collect(Collectors.toCollection(HashSet::new));
    List<ValueInfoProto> added = new ArrayList<>();
    for (String output : outputs) {
      if (declared.add(output)) {
        added.add(ValueInfoProto.newBuilder().setName(output).build());
      }
    }
    model.getGraphBuilder().addAllOutput(added);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      options.setIntraOpNumThreads(threads);
      if (file.hasExternalData()) {
        options.addConfigEntry(
            "session.model_external_initializers_file_folder_path",
            String.valueOf(file.path().toAbsolutePath().getParent()));
      }
      return environment.createSession(model.build().toByteArray(), options);
    }
  }

  /// ONNX Runtime's reason as a model's fault.
  ModelException fault(OrtException failure) {
    return new ModelException(file.path(), reason(failure), failure);
  }

  /// The first line of what ONNX Runtime says, without its error code.
  static String reason(OrtException failure) {
    String message = String.valueOf(failure.getMessage());
    return message
        .lines()
        .findFirst()
        .orElse("failed")
        .replaceFirst("^Error code - \\w+ - message: ", "");
  }

  @Override
  public void close() {
    if (session != null) {
      try {
        session.close();
      } catch (OrtException e) {
        throw new IllegalStateException("ONNX Runtime could not release a session", e);
      } finally {
        session = null;
      }
    }
  }
}
