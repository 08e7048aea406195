package topolip.model;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import topolip.model.Trunk.Segment;

/// Which tensors of a trunk are the outputs of its blocks: what `--layers auto` picks.
///
/// A block is a segment in which several paths meet by addition or concatenation: a residual block,
/// a dense block, an inception module. Its output is the join, or what activations and
/// normalisations make of it before the next block begins (ResNet's last ReLU, the layer norm of a
/// post-norm transformer). A block with attention followed by one without makes one transformer
/// block, of which the end counts. Between blocks with other layers in between, such as a stem or a
/// transition, the end of those layers counts too; behind the last block, the output of a final
/// normalisation does. A network without blocks has one output a weight layer: its activation, else
/// its normalisation, else itself. The input and the logits always count.
final class BlockOutputs {
  private static final Set<String> JOINS = Set.of("Add", "Sum", "Concat");
  private static final Set<String> WEIGHTS =
      Set.of("Conv", "ConvTranspose", "Gemm", "MatMul", "FusedConv", "FusedGemm");
  private static final Set<String> ATTENTION =
      Set.of("Softmax", "Attention", "MultiHeadAttention", "GroupQueryAttention");
  private static final Set<String> ACTIVATIONS =
      Set.of(
          "Relu",
          "LeakyRelu",
          "PRelu",
          "Elu",
          "Selu",
          "Celu",
          "Gelu",
          "FastGelu",
          "QuickGelu",
          "Sigmoid",
          "HardSigmoid",
          "HardSwish",
          "Swish",
          "Mish",
          "Tanh",
          "Softplus",
          "Softsign",
          "Clip",
          "ThresholdedRelu",
          "Erf");
  private static final Set<String> NORMALISATIONS =
      Set.of(
          "BatchNormalization",
          "LayerNormalization",
          "SimplifiedLayerNormalization",
          "RMSNormalization",
          "GroupNormalization",
          "InstanceNormalization",
          "LpNormalization");

  /// What exporters write activations and normalisations out into.
  private static final Set<String> PIECES =
      Set.of(
          "Add", "Sub", "Mul", "Div", "Pow", "Sqrt", "Reciprocal", "Cast", "Identity", "Dropout");

  private final List<Segment> segments;
  private final Set<String> outputs = new LinkedHashSet<>();

  private BlockOutputs(Trunk trunk) {
    this.segments = trunk.segments();
  }

  /// The outputs in order, from the input to the logits.
  static Set<String> of(Trunk trunk) {
    BlockOutputs found = new BlockOutputs(trunk);
    found.outputs.add(trunk.input());
    List<Integer> blocks = found.blocks();
    if (blocks.isEmpty()) {
      found.addWeightLayers();
    } else {
      found.addBlocks(blocks);
    }
    found.outputs.add(trunk.segments().getLast().end());
    return found.outputs;
  }

  private List<Integer> blocks() {
    List<Integer> blocks = new ArrayList<>();
    for (int s = 0; s < segments.size(); s++) {
      Segment segment = segments.get(s);
      if (segment.merges() && JOINS.contains(segment.join()) && hasWeights(segment)) {
        blocks.add(s);
      }
    }
    return blocks;
  }

  private static boolean hasWeights(Segment segment) {
    return segment.operations().stream()
        .anyMatch(operation -> WEIGHTS.contains(operation) || ATTENTION.contains(operation));
  }

  private void addBlocks(List<Integer> blocks) {
    addEnd(blocks.getFirst() - 1);
    boolean postNorm = false;
    for (int b = 0; b < blocks.size(); b++) {
      int block = blocks.get(b);
      boolean last = b == blocks.size() - 1;
      int next = last ? segments.size() : blocks.get(b + 1);
      int activated = end(block, next, false);
      int normalised = end(block, next, true);
      if (last && !postNorm) {
        // Nothing says that a final normalisation belongs to the block: it stands for itself.
        addEnd(activated);
        addEnd(normalised);
        return;
      }
      postNorm |= normalised > activated;
      boolean opensTransformerBlock =
          !last
              && normalised == next - 1
              && hasAttention(segments.get(block))
              && !hasAttention(segments.get(next));
      if (!opensTransformerBlock) {
        addEnd(normalised);
        if (!last) {
          addEnd(next - 1);
        }
      }
    }
  }

  /// The last segment, from a join on and before `next`, that an activation, or if asked for a
  /// normalisation too, continues.
  private int end(int join, int next, boolean normalisations) {
    int end = join;
    for (int s = join + 1; s < next; s++) {
      if (isActivation(segments.get(s)) || (normalisations && isNormalisation(segments.get(s)))) {
        end = s;
      } else {
        break;
      }
    }
    return end;
  }

  private static boolean isActivation(Segment segment) {
    return ACTIVATIONS.contains(segment.join()) && segment.operations().size() == 1;
  }

  /// A normalisation, or a piece of one that an exporter has written out: its mean is inside a
  /// segment, not a segment of its own, which would be pooling.
  private static boolean isNormalisation(Segment segment) {
    return NORMALISATIONS.contains(segment.join())
        || (PIECES.contains(segment.join())
            && segment.operations().stream()
                .allMatch(operation ->
                    PIECES.contains(operation)
                        || ACTIVATIONS.contains(operation)
                        || operation.equals("ReduceMean")));
  }

  private static boolean hasAttention(Segment segment) {
    return segment.operations().stream().anyMatch(ATTENTION::contains);
  }

  private void addWeightLayers() {
    for (int s = 0; s < segments.size(); s++) {
      if (hasWeights(segments.get(s))) {
        int best = s;
        for (int t = s + 1; t < segments.size() && !hasWeights(segments.get(t)); t++) {
          boolean activation = isActivation(segments.get(t));
          if (activation || (best == s && isNormalisation(segments.get(t)))) {
            best = t;
          }
        }
        addEnd(best);
      }
    }
  }

  private void addEnd(int segment) {
    if (segment >= 0) {
      outputs.add(segments.get(segment).end());
    }
  }
}
