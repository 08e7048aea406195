package topolip.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import topolip.dataset.ImageShape;

/// The built-in architectures by their names.
public final class Architectures {
  /// What [#named] knows, for messages and help.
  public static final String NAMES =
      "attn-L, conv-L (L layers), vit-tiny, vit-small, vit-base, resnet20, resnet32, resnet44,"
          + " resnet56, resnet18, resnet34, resnet50, resnet101, hybrid, mixer";

  private static final Pattern STACK = Pattern.compile("(attn|conv)-(\\d{1,3})");
  private static final int LARGEST_SMALL_SIDE = 64;
  private static final JsonMapper JSON = new JsonMapper();

  private Architectures() {}

  /// An architecture for images of a shape: up to 64 pixels, patches are 4 × 4 and stems small, as
  /// for CIFAR; above, patches are 16 × 16 and stems large, as for ImageNet.
  ///
  /// @throws IllegalArgumentException if no architecture has this name; the message lists them
  public static Architecture named(String name, ImageShape input) {
    boolean small = Math.max(input.height(), input.width()) <= LARGEST_SMALL_SIDE;
    int patch = small ? 4 : 16;
    Matcher stack = STACK.matcher(name);
    if (stack.matches()) {
      int depth = Integer.parseInt(stack.group(2));
      // One layer of either has 36,864 weights: 4 · 96² and 9 · 64².
      return stack.group(1).equals("attn")
          ? new LayerStack(
              LayerStack.Mixing.ATTENTION,
              depth,
              96,
              4,
              1,
              patch,
              LayerStack.Stem.PATCH,
              true,
              true,
              false)
          : new LayerStack(
              LayerStack.Mixing.CONVOLUTION,
              depth,
              64,
              1,
              3,
              patch,
              LayerStack.Stem.PATCH,
              true,
              true,
              false);
    }
    return switch (name) {
      case "vit-tiny" -> transformer(patch, 192, 3);
      case "vit-small" -> transformer(patch, 384, 6);
      case "vit-base" -> transformer(patch, 768, 12);
      case "resnet20" -> cifar(3);
      case "resnet32" -> cifar(5);
      case "resnet44" -> cifar(7);
      case "resnet56" -> cifar(9);
      case "resnet18" -> imageNet(ResNet.Block.BASIC, small, 2, 2, 2, 2);
      case "resnet34" -> imageNet(ResNet.Block.BASIC, small, 3, 4, 6, 3);
      case "resnet50" -> imageNet(ResNet.Block.BOTTLENECK, small, 3, 4, 6, 3);
      case "resnet101" -> imageNet(ResNet.Block.BOTTLENECK, small, 3, 4, 23, 3);
      case "hybrid" -> new Hybrid(small ? 2 : 4, 192, 6, 3, 2);
      case "mixer" -> new Mixer(patch, 192, 8);
      default ->
          throw new IllegalArgumentException(
              "'%s' is no built-in architecture; there are %s".formatted(name, NAMES));
    };
  }

  private static VisionTransformer transformer(int patch, int width, int heads) {
    return new VisionTransformer(patch, width, 12, heads, 4, VisionTransformer.Pooling.CLASS_TOKEN);
  }

  private static ResNet cifar(int blocks) {
    return new ResNet(
        ResNet.Block.BASIC,
        List.of(blocks, blocks, blocks),
        16,
        ResNet.Stem.SMALL,
        ResNet.Shortcut.PADDED);
  }

  private static ResNet imageNet(ResNet.Block block, boolean small, Integer... blocks) {
    return new ResNet(
        block,
        List.of(blocks),
        64,
        small ? ResNet.Stem.SMALL : ResNet.Stem.LARGE,
        ResNet.Shortcut.PROJECTED);
  }

  /// The same architecture with other settings, such as `depth` → `6` or `pooling` → `mean`.
  ///
  /// @throws IllegalArgumentException if it has no such setting, or cannot take the value; the
  ///   message lists its settings
  public static Architecture with(Architecture architecture, Map<String, String> settings) {
    ObjectNode json = (ObjectNode) JSON.valueToTree(architecture);
    settings.forEach((name, value) -> set(json, name, value));
    try {
      return JSON.treeToValue(json, Architecture.class);
    } catch (JacksonException e) {
      String reason =
          e.getCause() instanceof IllegalArgumentException own
              ? String.valueOf(own.getMessage())
              : e.getOriginalMessage();
      throw new IllegalArgumentException("%s: %s".formatted(settings, reason), e);
    }
  }

  private static void set(ObjectNode json, String name, String value) {
    JsonNode old = json.get(name);
    if (old == null || name.equals("type")) {
      List<String> known = new ArrayList<>(json.propertyNames());
      known.remove("type");
      throw new IllegalArgumentException(
          "there is no setting '%s'; this architecture has %s".formatted(name, known));
    }
    try {
      if (old.isInt()) {
        json.put(name, Integer.parseInt(value));
      } else if (old.isBoolean()) {
        json.put(name, truth(value));
      } else if (old.isArray()) {
        ArrayNode list = json.putArray(name);
        for (String part : value.split(",", -1)) {
          list.add(Integer.parseInt(part));
        }
      } else {
        json.put(name, value.toUpperCase(Locale.ROOT).replace('-', '_'));
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is no value for %s, which is %s".formatted(value, name, old), e);
    }
  }

  private static boolean truth(String value) {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException("'%s' is neither true nor false".formatted(value));
    };
  }
}
