package topolip.torch.onnx;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import topolip.model.ModelException;

/// A graph ready to run: its initialisers are tensors, and what depends on nothing else is
/// computed.
///
/// The constants are held in native memory until this is closed.
final class Program implements AutoCloseable {
  private final TensorData data;
  private final Precision precision;
  private final Map<String, Tensor> constants = new HashMap<>();
  private final List<OnnxNode> nodes = new ArrayList<>();

  private Program(OnnxSource source, Precision precision) {
    this.data = new TensorData(source.file());
    this.precision = precision;
  }

  /// @throws ModelException if a constant is damaged or cannot be computed
  static Program of(OnnxSource source, Precision precision) throws IOException {
    Program program = new Program(source, precision);
    try (PointerScope _ = new PointerScope();
        NoGradGuard _ = new NoGradGuard()) {
      for (TensorProto tensor : source.graph().getInitializerList()) {
        program.keep(tensor.getName(), program.data.read(tensor, precision));
      }
      Fusion fusion =
          new Fusion(source.nodes(), source.outputs(), program.constants, program::keep);
      for (OnnxNode node : source.nodes()) {
        try (PointerScope _ = new PointerScope()) {
          program.add(node, fusion);
        }
      }
      program.forget(source);
      return program;
    } catch (IllegalStateException e) {
      program.close();
      throw new ModelException(source.file(), String.valueOf(e.getMessage()), e);
    } catch (Throwable e) {
      program.close();
      throw e;
    }
  }

  private void add(OnnxNode node, Fusion fusion) {
    boolean constant =
        node.inputs().stream().allMatch(name -> name.isEmpty() || constants.containsKey(name));
    if (!constant) {
      nodes.add(fusion.of(node));
      return;
    }
    compute(node, constants, Set.of()).forEach(this::keep);
  }

  private void keep(String name, Tensor tensor) {
    Tensor replaced = constants.put(name, tensor.retainReference());
    if (replaced != null) {
      replaced.releaseReference();
    }
  }

  /// Frees the constants that only other constants were made of.
  private void forget(OnnxSource source) {
    Set<String> used = new HashSet<>();
    nodes.forEach(node -> used.addAll(node.inputs()));
    source.graph().getOutputList().forEach(output -> used.add(output.getName()));
    constants
        .entrySet()
        .removeIf(constant -> {
          boolean unused = !used.contains(constant.getKey());
          if (unused) {
            constant.getValue().releaseReference();
          }
          return unused;
        });
  }

  /// The tensors that are asked for, in their order, in the scope of the caller.
  ///
  /// Only what they depend on is computed; each tensor is freed after its last use, but for what
  /// automatic differentiation keeps of it.
  ///
  /// @param inputs by name; float32 ones in the precision of the program
  List<Tensor> run(Map<String, Tensor> inputs, List<String> wanted) {
    List<OnnxNode> needed = needed(inputs.keySet(), wanted);
    Map<String, Integer> lastUse = lastUse(needed, wanted);
    Map<String, Tensor> values = new HashMap<>(constants);
    values.putAll(inputs);
    Set<String> made = new HashSet<>();
    try {
      for (int n = 0; n < needed.size(); n++) {
        OnnxNode node = needed.get(n);
        try (PointerScope _ = new PointerScope()) {
          compute(node, values, spare(node, n, lastUse, made))
              .forEach((name, tensor) -> {
                if (lastUse.containsKey(name)) {
                  values.put(name, tensor.retainReference());
                  made.add(name);
                }
              });
        }
        for (String input : node.inputs()) {
          if (Objects.equals(lastUse.get(input), n) && made.remove(input)) {
            Objects.requireNonNull(values.remove(input)).releaseReference();
          }
        }
      }
      return results(values, wanted);
    } finally {
      made.forEach(name -> Objects.requireNonNull(values.get(name)).releaseReference());
    }
  }

  /// The inputs of the n-th node that nothing reads after it: they are neither given, nor
  /// constants, nor asked for.
  private static Set<Integer> spare(
      OnnxNode node, int n, Map<String, Integer> lastUse, Set<String> made) {
    return IntStream.range(0, node.inputs().size())
        .filter(i -> {
          String input = node.inputs().get(i);
          return made.contains(input) && Objects.equals(lastUse.get(input), n);
        })
        .boxed()
        .collect(Collectors.toSet());
  }

  /// The place of the last node that reads each tensor; one behind all for those that are asked
  /// for.
  private static Map<String, Integer> lastUse(List<OnnxNode> needed, List<String> wanted) {
    Map<String, Integer> lastUse = new HashMap<>();
    for (int n = 0; n < needed.size(); n++) {
      for (String input : needed.get(n).inputs()) {
        lastUse.put(input, n);
      }
    }
    wanted.forEach(name -> lastUse.put(name, needed.size()));
    return lastUse;
  }

  private static List<Tensor> results(Map<String, Tensor> values, List<String> wanted) {
    PointerScope scope = PointerScope.getInnerScope();
    List<Tensor> results = new ArrayList<>();
    for (String name : wanted) {
      Tensor tensor = values.get(name);
      if (tensor == null) {
        throw new IllegalArgumentException("the graph makes no tensor " + name);
      }
      scope.attach(tensor);
      results.add(tensor);
    }
    return results;
  }

  private List<OnnxNode> needed(Set<String> given, List<String> wanted) {
    Set<String> open = new HashSet<>(wanted);
    List<OnnxNode> needed = new ArrayList<>();
    for (OnnxNode node : nodes.reversed()) {
      if (node.outputs().stream().anyMatch(name -> open.contains(name) && !given.contains(name))) {
        needed.add(node);
        open.addAll(node.inputs());
      }
    }
    return needed.reversed();
  }

  /// The outputs of a node by name, without those that the file does not name.
  private Map<String, Tensor> compute(
      OnnxNode node, Map<String, Tensor> values, Set<Integer> spare) {
    List<@Nullable Tensor> inputs = new ArrayList<>();
    for (String name : node.inputs()) {
      Tensor tensor = values.get(name);
      if (tensor == null && !name.isEmpty()) {
        throw new IllegalStateException("%s wants %s, which nothing makes".formatted(node, name));
      }
      inputs.add(tensor);
    }
    try {
      List<Tensor> outputs =
          Objects.requireNonNull(Operators.of(node))
              .apply(new Call(node, inputs, spare, precision, data));
      Map<String, Tensor> named = new LinkedHashMap<>();
      for (int o = 0; o < outputs.size(); o++) {
        if (node.hasOutput(o)) {
          Tensor output = outputs.get(o);
          // A tensor of its own for each name, so that it shows who has its memory.
          named.put(node.outputs().get(o), inputs.contains(output) ? output.alias() : output);
        }
      }
      return named;
    } catch (RuntimeException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("failed");
      throw new IllegalStateException("%s: %s".formatted(node, reason), e);
    }
  }

  /// What depends on the inputs, in the order of evaluation.
  List<OnnxNode> nodes() {
    return List.copyOf(nodes);
  }

  /// The names of the tensors that depend on the inputs, in the order of evaluation.
  List<String> tensors() {
    return nodes.stream()
        .flatMap(node -> node.outputs().stream())
        .filter(name -> !name.isEmpty())
        .toList();
  }

  @Override
  public void close() {
    constants.values().forEach(Tensor::releaseReference);
    constants.clear();
  }
}
