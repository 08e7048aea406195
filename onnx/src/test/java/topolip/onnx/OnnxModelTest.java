package topolip.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.model.Forward;
import topolip.model.ModelException;
import topolip.model.Tap;

class OnnxModelTest {
  @TempDir Path folder;

  private static OnnxModel open(Path file) throws IOException {
    return OnnxModel.open(file, OnnxModel.Options.plain());
  }

  private static OnnxModel.Options normalised(@Nullable List<Double> mean, List<Double> std) {
    return new OnnxModel.Options(mean, std, null, 1);
  }

  /// Images whose values count up from 0, a hundredth a step.
  private static Images counting(ImageShape shape, int count) {
    float[] values = new float[count * shape.values()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 100f;
    }
    return Images.wrap(shape, values);
  }

  /// logits = 2 · flattened images.
  private Path doubling(int... sides) throws IOException {
    int features = sides[1] * sides[2] * sides[3];
    return Graphs.taking(sides)
        .node("Flatten", "flat", "images")
        .product("logits", "flat", features, 2)
        .write(folder.resolve("doubling.onnx"), "logits");
  }

  @Test
  void logitsAndActivationsAreThoseOfTheGraph() throws IOException {
    try (OnnxModel model = open(doubling(0, 1, 2, 2))) {
      Images batch = counting(model.inputShape(), 3);
      Forward forward = model.forward(batch, model.taps());

      assertThat(model.inputShape()).isEqualTo(new ImageShape(1, 2, 2));
      assertThat(model.classes()).isEqualTo(4);
      assertThat(model.parameters()).isEqualTo(16);
      assertThat(model.taps()).extracting(Tap::name).containsExactly("images", "flat", "logits");
      assertThat(model.taps()).extracting(Tap::parameters).containsExactly(0L, 0L, 16L);
      assertThat(forward.activations().get(0)).isEqualTo(batch.values());
      assertThat(forward.activations().get(1)).isEqualTo(batch.values());
      for (int i = 0; i < 12; i++) {
        assertThat(forward.logits()[i]).isEqualTo(2 * batch.values()[i]);
      }
    }
  }

  @Test
  void fixedBatchIsServedInPieces() throws IOException {
    for (int fixed : new int[] {1, 3}) {
      try (OnnxModel model = open(doubling(fixed, 1, 2, 2))) {
        Images batch = counting(model.inputShape(), 7);
        Forward forward = model.forward(batch, model.taps());

        assertThat(forward.logits()).hasSize(28);
        for (int i = 0; i < 28; i++) {
          assertThat(forward.logits()[i]).isEqualTo(2 * batch.values()[i]);
        }
      }
    }
  }

  @Test
  void channelsLastModelsAreFedTransposedImages() throws IOException {
    try (OnnxModel model = open(doubling(0, 2, 2, 3))) {
      float[] logits = model.forward(counting(new ImageShape(3, 2, 2), 1), List.of()).logits();

      assertThat(model.inputShape()).isEqualTo(new ImageShape(3, 2, 2));
      // Pixel 0 of the channels 0, 1, 2 stands at 0, 4, 8 of the image.
      assertThat(logits[0]).isEqualTo(0);
      assertThat(logits[1]).isCloseTo(0.08f, within(1e-7f));
      assertThat(logits[2]).isCloseTo(0.16f, within(1e-7f));
      assertThat(logits[3]).isCloseTo(0.02f, within(1e-7f));
    }
  }

  @Test
  void openSidesAreThoseOfTheData() throws IOException {
    Path file =
        Graphs.taking(0, 3, 0, 0)
            .convolution("conv", "images", 3, 2)
            .node("GlobalAveragePool", "pool", "conv")
            .node("Flatten", "logits", "pool")
            .write(folder.resolve("any.onnx"), "logits");

    assertThatThrownBy(() -> open(file)).hasMessageContaining("takes images of any size");
    ImageShape data = new ImageShape(3, 10, 12);
    try (OnnxModel model = OnnxModel.open(file, new OnnxModel.Options(null, null, data, 1))) {
      assertThat(model.inputShape()).isEqualTo(data);
      assertThat(model.taps().get(1).shape()).containsExactly(2, 10, 12);
    }
  }

  @Test
  void normalisationStandsInFrontAndTheInputTapBeforeIt() throws IOException {
    Path file = doubling(0, 1, 2, 2);
    try (OnnxModel model = OnnxModel.open(file, normalised(List.of(0.5), List.of(0.25)))) {
      Images batch = counting(model.inputShape(), 1);
      Forward forward = model.forward(batch, model.taps());

      assertThat(forward.activations().get(0)).isEqualTo(batch.values());
      assertThat(forward.logits()[3]).isCloseTo(2 * (0.03f - 0.5f) / 0.25f, within(1e-6f));
    }
    assertThatThrownBy(() -> OnnxModel.open(file, normalised(List.of(0.5, 0.5), List.of(1.0))))
        .hasMessageContaining("mean has 2 values and std 1, but the model takes images of 1");
    assertThatThrownBy(() -> OnnxModel.open(file, normalised(null, List.of(0.0))))
        .hasMessageContaining("std positive");
  }

  @Test
  void dataOfOtherShapeAreRefused() throws IOException {
    Path file = doubling(0, 1, 2, 2);
    var options = new OnnxModel.Options(null, null, new ImageShape(3, 2, 2), 1);

    assertThatThrownBy(() -> OnnxModel.open(file, options))
        .isInstanceOf(ModelException.class)
        .hasMessage(file + ": takes images of 1x2x2, but the data have 3x2x2");
  }

  @Test
  void threadsDoNotChangeABit() throws IOException {
    Path file =
        Graphs.taking(0, 3, 16, 16)
            .convolution("conv", "images", 3, 8)
            .head("conv", 8 * 16 * 16, 10)
            .write(folder.resolve("net.onnx"), "logits");
    Images batch = counting(new ImageShape(3, 16, 16), 9);
    float[][] logits = new float[2][];
    for (int threads = 1; threads <= 2; threads++) {
      try (OnnxModel model =
          OnnxModel.open(file, new OnnxModel.Options(null, null, null, threads))) {
        logits[threads - 1] = model.forward(batch, model.taps()).logits();
      }
    }
    assertThat(logits[1]).isEqualTo(logits[0]);
  }

  @Test
  void whatShapesAreComputedFromIsNoTap() throws IOException {
    Path file =
        Graphs.taking(0, 1, 2, 2)
            .node("Shape", "shape", "images")
            .longs("zero", 0)
            .node("Gather", "batch", "shape", "zero")
            .longs("rest", -1)
            .node(
                Graphs.proto("Concat", "target", "batch", "rest").toBuilder()
                    .addAttribute(
                        ai.onnx.proto.OnnxMl.AttributeProto.newBuilder()
                            .setName("axis")
                            .setType(ai.onnx.proto.OnnxMl.AttributeProto.AttributeType.INT))
                    .build())
            .node("Reshape", "flat", "images", "target")
            .product("logits", "flat", 4, 1)
            .write(folder.resolve("shaped.onnx"), "logits");
    try (OnnxModel model = open(file)) {
      assertThat(model.taps()).extracting(Tap::name).containsExactly("images", "flat", "logits");
    }
  }

  @Test
  void weightsBesideTheModelAreRead() throws IOException {
    ByteBuffer values = ByteBuffer.wrap(new byte[16]).order(ByteOrder.LITTLE_ENDIAN);
    values.putFloat(3).putFloat(0).putFloat(0).putFloat(3);
    Files.write(folder.resolve("weights.bin"), values.array());
    Path file = external("weights.bin");
    String sha256;
    try (OnnxModel model = open(file)) {
      assertThat(model.forward(counting(new ImageShape(1, 1, 2), 1), List.of()).logits())
          .containsExactly(0, 0.03f);
      sha256 = model.sha256();
    }
    Files.write(folder.resolve("weights.bin"), new byte[16]);
    try (OnnxModel model = open(file)) {
      assertThat(model.sha256()).isNotEqualTo(sha256);
    }
  }

  private Path external(String location) throws IOException {
    TensorProto weight =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .addDims(2)
            .addDims(2)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL)
            .addExternalData(
                StringStringEntryProto.newBuilder().setKey("location").setValue(location))
            .build();
    return Graphs.taking(0, 1, 1, 2)
        .initialiser(weight)
        .node("Flatten", "flat", "images")
        .node("MatMul", "logits", "flat", "w")
        .write(folder.resolve("external.onnx"), "logits");
  }

  @Test
  void weightsElsewhereAreRefused() throws IOException {
    for (String location : List.of("../weights.bin", "/etc/hostname", "a/../../weights.bin")) {
      Path file = external(location);
      assertThatThrownBy(() -> open(file))
          .isInstanceOf(ModelException.class)
          .hasMessage(file + ": wants weights from " + location + ", outside its folder");
    }
    Path file = external("missing.bin");
    assertThatThrownBy(() -> open(file)).hasMessageContaining("missing beside it");
  }

  @Test
  void filesThatAreNoModelsAreNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.onnx"), "not a model at all");
    assertThatThrownBy(() -> open(text))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith(text + ": is no ONNX model");
    Path empty = Files.createFile(folder.resolve("empty.onnx"));
    assertThatThrownBy(() -> open(empty)).hasMessage(empty + ": is no ONNX model: it has no graph");
    byte[] whole = Files.readAllBytes(doubling(0, 1, 2, 2));
    Path cut = Files.write(folder.resolve("cut.onnx"), java.util.Arrays.copyOf(whole, 100));
    assertThatThrownBy(() -> open(cut)).hasMessageStartingWith(cut + ": is no ONNX model");
  }

  @Test
  void modelsThatClassifyNothingAreNamed() throws IOException {
    Path images =
        Graphs.taking(0, 3, 4, 4)
            .convolution("out", "images", 3, 3)
            .write(folder.resolve("denoiser.onnx"), "out");
    assertThatThrownBy(() -> open(images))
        .isInstanceOf(ModelException.class)
        .hasMessage(
            images + ": is no classifier: none of its outputs [out] is float32 (batch, classes)");
    Path tokens =
        Graphs.takingType(TensorProto.DataType.INT64_VALUE, 0, 77)
            .node("Identity", "out", "images")
            .write(folder.resolve("text-model.onnx"), "out");
    assertThatThrownBy(() -> open(tokens)).hasMessageContaining("expected one, of images");
    Path halves =
        Graphs.takingType(TensorProto.DataType.FLOAT16_VALUE, 0, 3, 2, 2)
            .node("Flatten", "out", "images")
            .write(folder.resolve("half.onnx"), "out");
    assertThatThrownBy(() -> open(halves)).hasMessageContaining("not float32");
  }

  @Test
  void operatorThatTheRuntimeLacksIsNamed() throws IOException {
    Path file =
        Graphs.taking(0, 1, 2, 2)
            .node("FrobnicateAll", "logits", "images")
            .write(folder.resolve("odd.onnx"), "logits");

    assertThatThrownBy(() -> open(file))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("FrobnicateAll");
  }

  @Test
  void imagesOfOtherShapeAreRefused() throws IOException {
    try (OnnxModel model = open(doubling(0, 1, 2, 2))) {
      Images wrong = counting(new ImageShape(1, 3, 3), 1);
      assertThatThrownBy(() -> model.forward(wrong, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("doubling takes images of 1x2x2, not 1x3x3");
    }
  }
}
