package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import topolip.model.ModelException;

/// One test of ONNX's conformance suite: a folder with a model, its inputs and its outputs.
record Conformance(Path folder) {
  /// As in the suite's own runner.
  private static final double RELATIVE = 1e-3;

  private static final double ABSOLUTE = 1e-7;

  /// @param reason why it was not run, or how it failed; empty if it passed
  record Outcome(String test, Set<String> operators, Kind kind, String reason) {}

  enum Kind {
    PASSED,
    FAILED,
    UNSUPPORTED
  }

  String name() {
    return folder.getFileName().toString();
  }

  Outcome run() throws IOException {
    Path file = folder.resolve("model.onnx");
    ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
    Set<String> operators =
        model.getGraph().getNodeList().stream()
            .map(NodeProto::getOpType)
            .collect(Collectors.toCollection(TreeSet::new));
    String foreign = foreignValues(model);
    if (!foreign.isEmpty()) {
      return new Outcome(name(), operators, Kind.UNSUPPORTED, foreign);
    }
    try (Program program = Program.of(OnnxSource.read(file), Precision.FLOAT32)) {
      String difference = difference(program, model);
      Kind kind = difference.isEmpty() ? Kind.PASSED : Kind.FAILED;
      return new Outcome(name(), operators, kind, difference);
    } catch (UnsupportedOperatorsException e) {
      return new Outcome(
          name(), operators, Kind.UNSUPPORTED, String.join("; ", e.operators().keySet()));
    } catch (ModelException | IllegalStateException e) {
      return new Outcome(name(), operators, Kind.FAILED, String.valueOf(e.getMessage()));
    }
  }

  /// Which types of the inputs and outputs are not supported; empty if all are.
  private static String foreignValues(ModelProto model) {
    List<ValueInfoProto> values = new ArrayList<>(model.getGraph().getInputList());
    values.addAll(model.getGraph().getOutputList());
    return values.stream()
        .map(ValueInfoProto::getType)
        .filter(type ->
            !type.hasTensorType() || !ElementTypes.supported(type.getTensorType().getElemType()))
        .map(type ->
            type.hasTensorType()
                ? ElementTypes.name(type.getTensorType().getElemType())
                : type.hasSequenceType() ? "sequences" : "optionals")
        .distinct()
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private String difference(Program program, ModelProto model) throws IOException {
    Path values = folder.resolve("test_data_set_0");
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      Map<String, Tensor> inputs = new HashMap<>();
      for (int i = 0; i < model.getGraph().getInputCount(); i++) {
        Path input = values.resolve("input_%d.pb".formatted(i));
        if (Files.exists(input)) {
          String name = model.getGraph().getInput(i).getName();
          inputs.put(name, value(input));
        }
      }
      List<String> names =
          model.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
      List<Tensor> outputs = program.run(inputs, names);
      for (int o = 0; o < names.size(); o++) {
        Tensor expected = value(values.resolve("output_%d.pb".formatted(o)));
        String difference = difference(outputs.get(o), expected);
        if (!difference.isEmpty()) {
          return names.get(o) + ": " + difference;
        }
      }
      return "";
    }
  }

  /// A tensor in a file; it belongs to the innermost scope.
  static Tensor value(Path file) throws IOException {
    return new TensorData(file)
        .read(TensorProto.parseFrom(Files.readAllBytes(file)), Precision.FLOAT32);
  }

  /// Type, shape and values; empty if all are the same.
  static String difference(Tensor found, Tensor expected) {
    if (TensorValues.type(found) != TensorValues.type(expected)) {
      return "%s, not %s".formatted(TensorValues.type(found), TensorValues.type(expected));
    }
    List<Long> shape = shape(found);
    if (!shape.equals(shape(expected))) {
      return "shape %s, not %s".formatted(shape, shape(expected));
    }
    double[] a = TensorValues.doubles(found);
    double[] b = TensorValues.doubles(expected);
    for (int i = 0; i < a.length; i++) {
      boolean same = Double.compare(a[i], b[i]) == 0 || a[i] == b[i];
      if (!same && !(Math.abs(a[i] - b[i]) <= ABSOLUTE + RELATIVE * Math.abs(b[i]))) {
        return "element %d is %s, not %s".formatted(i, a[i], b[i]);
      }
    }
    return "";
  }

  private static List<Long> shape(Tensor tensor) {
    List<Long> shape = new ArrayList<>();
    for (long side : TensorValues.shape(tensor)) {
      shape.add(side);
    }
    return shape;
  }
}
