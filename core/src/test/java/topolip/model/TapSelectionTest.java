package topolip.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TapSelectionTest {
  private static final List<Tap> TAPS =
      List.of(
          tap(0, "input", 0, true),
          tap(1, "/block.0/conv", 10, false),
          tap(2, "/block.0/relu", 0, true),
          tap(3, "/block.1/conv", 20, false),
          tap(4, "logits", 5, true));

  private static Tap tap(int index, String name, long parameters, boolean block) {
    return new Tap(index, name, "Op", List.of(2), parameters, block);
  }

  private static List<Integer> selected(String expression) {
    return TapSelection.select(TAPS, expression).stream().map(Tap::index).toList();
  }

  @Test
  void expressionsPickTaps() {
    assertThat(selected("auto")).containsExactly(0, 2, 4);
    assertThat(selected("all")).containsExactly(0, 1, 2, 3, 4);
    assertThat(selected("*conv")).containsExactly(1, 3);
    assertThat(selected("/block.?/conv")).containsExactly(1, 3);
    assertThat(selected("logits, 0")).containsExactly(0, 4);
    assertThat(selected("auto,*relu,2")).containsExactly(0, 2, 4);
  }

  @Test
  void onlyStarAndQuestionMarkAreWild() {
    assertThatThrownBy(() -> selected("/block[.]0/conv")).hasMessageContaining("no layer is");
    assertThatThrownBy(() -> selected("/blockx0/conv")).hasMessageContaining("no layer is");
  }

  @Test
  void numberThatIsAnIndexAndTheNameOfAnotherLayerIsRefused() {
    List<Tap> taps =
        List.of(tap(0, "input", 0, true), tap(1, "conv", 1, true), tap(2, "1", 1, true));

    assertThatThrownBy(() -> TapSelection.select(taps, "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'1' is the index of layer 'conv' and the name of layer 2; ask for 'conv' or for 2");
    assertThat(TapSelection.select(taps, "2")).extracting(Tap::index).containsExactly(2);
    assertThat(TapSelection.select(taps, "conv")).extracting(Tap::index).containsExactly(1);
  }

  @Test
  void partThatMatchesNothingIsNamedWithExamples() {
    assertThatThrownBy(() -> selected("auto,*norm*"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "no layer is '*norm*'; there are 5, such as input, /block.0/relu, logits ('topolip"
                + " layers MODEL' lists them)");
    assertThatThrownBy(() -> selected("")).hasMessageContaining("no layer is ''");
  }

  @Test
  void parametersAreThoseSinceTheTapBefore() {
    assertThat(TapSelection.select(TAPS, "auto").stream().map(Tap::parameters))
        .containsExactly(0L, 10L, 25L);
  }
}
