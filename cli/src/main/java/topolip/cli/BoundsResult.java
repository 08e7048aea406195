package topolip.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;
import topolip.lipschitz.Bound;
import topolip.lipschitz.Certificate;
import topolip.lipschitz.Clever;
import topolip.lipschitz.LayerChange;
import topolip.lipschitz.LayerConstants;
import topolip.profile.Provenance;

/// What `result.json` of `topolip bounds MODEL` holds.
///
/// @param schemaVersion of the file format, 1
record BoundsResult(int schemaVersion, Provenance provenance, List<OfModel> models) {
  static final int SCHEMA_VERSION = 1;

  /// @param certificates one an image of the sample; empty without labels
  /// @param clever one of some images of the sample
  record OfModel(
      String name, List<Layer> layers, List<Certificate> certificates, List<Clever.Score> clever) {}

  /// A number that may be too large for a double.
  ///
  /// @param kind exact, upper, lower or estimate
  /// @param value null where it is infinite or too large
  /// @param log10 null where the number is 0 or infinite
  record Constant(
      Bound.Kind kind,
      @Nullable Double value,
      @Nullable Double log10,
      boolean vacuous,
      String source) {

    static @Nullable Constant of(@Nullable Bound bound) {
      return bound == null
          ? null
          : new Constant(
              bound.kind(),
              finite(bound.value()),
              finite(bound.log10()),
              bound.isVacuous(),
              bound.source());
    }
  }

  /// One tap; see [LayerConstants].
  ///
  /// @param untapped layers on the way that keep the radii of all images in `boundOnSample` and
  ///   `blockOnSample`, since what they read has no tap
  /// @param tightness logarithm to base 10 of bound over found; null without a bound
  /// @param blockTightness the same from the tap before
  record Layer(
      int index,
      String name,
      String kind,
      @Nullable Constant bound,
      @Nullable Constant boundOnSample,
      @Nullable Constant block,
      @Nullable Constant blockOnSample,
      List<String> untapped,
      @Nullable String unbounded,
      @Nullable Constant jacobian,
      double meanJacobian,
      @Nullable Constant steepest,
      @Nullable Constant found,
      @Nullable Double tightness,
      @Nullable Constant foundInBlock,
      @Nullable Double blockTightness,
      LayerChange change) {

    static Layer of(LayerConstants constants) {
      Double inBlock = constants.blockTightness();
      return new Layer(
          constants.tap().index(),
          constants.tap().name(),
          constants.tap().kind(),
          Constant.of(constants.bound()),
          Constant.of(constants.boundOnSample()),
          Constant.of(constants.block()),
          Constant.of(constants.blockOnSample()),
          constants.untapped(),
          constants.unbounded(),
          Constant.of(constants.jacobian()),
          constants.meanJacobian(),
          Constant.of(constants.steepest()),
          Constant.of(constants.found()),
          finite(constants.tightness()),
          Constant.of(constants.foundInBlock()),
          inBlock == null ? null : finite(inBlock),
          constants.change());
    }
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
