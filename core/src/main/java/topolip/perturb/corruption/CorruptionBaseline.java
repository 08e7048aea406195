package topolip.perturb.corruption;

import static java.util.Map.entry;
import static topolip.perturb.corruption.Corruption.BRIGHTNESS;
import static topolip.perturb.corruption.Corruption.CONTRAST;
import static topolip.perturb.corruption.Corruption.DEFOCUS_BLUR;
import static topolip.perturb.corruption.Corruption.ELASTIC_TRANSFORM;
import static topolip.perturb.corruption.Corruption.FOG;
import static topolip.perturb.corruption.Corruption.FROST;
import static topolip.perturb.corruption.Corruption.GAUSSIAN_NOISE;
import static topolip.perturb.corruption.Corruption.GLASS_BLUR;
import static topolip.perturb.corruption.Corruption.IMPULSE_NOISE;
import static topolip.perturb.corruption.Corruption.JPEG_COMPRESSION;
import static topolip.perturb.corruption.Corruption.MOTION_BLUR;
import static topolip.perturb.corruption.Corruption.PIXELATE;
import static topolip.perturb.corruption.Corruption.SHOT_NOISE;
import static topolip.perturb.corruption.Corruption.SNOW;
import static topolip.perturb.corruption.Corruption.ZOOM_BLUR;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The errors that a model's are divided by.
///
/// Which baseline is part of what an mCE means: it has to be measured on the same images, and
/// AlexNet is one for ImageNet alone.
///
/// @param name of the model
/// @param cleanError on images without corruption; null if not known
/// @param errors the mean over severities of each corruption
public record CorruptionBaseline(
    String name, @Nullable Double cleanError, Map<Corruption, Double> errors) {

  public CorruptionBaseline {
    errors.forEach((corruption, e) -> CorruptionErrors.requireShare(e, corruption.toString()));
    errors = Map.copyOf(errors);
  }

  /// AlexNet on ImageNet-C, all 50,000 images: the denominators published with the benchmark. The
  /// clean error, 0.43456, is quoted in the literature.
  public static CorruptionBaseline alexNet() {
    return new CorruptionBaseline(
        "AlexNet",
        0.43456,
        Map.ofEntries(
            entry(GAUSSIAN_NOISE, 0.886428),
            entry(SHOT_NOISE, 0.894468),
            entry(IMPULSE_NOISE, 0.922640),
            entry(DEFOCUS_BLUR, 0.819880),
            entry(GLASS_BLUR, 0.826268),
            entry(MOTION_BLUR, 0.785948),
            entry(ZOOM_BLUR, 0.798360),
            entry(SNOW, 0.866816),
            entry(FROST, 0.826572),
            entry(FOG, 0.819324),
            entry(BRIGHTNESS, 0.564592),
            entry(CONTRAST, 0.853204),
            entry(ELASTIC_TRANSFORM, 0.646056),
            entry(PIXELATE, 0.717840),
            entry(JPEG_COMPRESSION, 0.606500)));
  }

  /// Any model as a baseline.
  public static CorruptionBaseline of(CorruptionErrors model) {
    Map<Corruption, Double> means = new TreeMap<>();
    model.errors().keySet().forEach(c -> means.put(c, model.mean(c)));
    return new CorruptionBaseline(model.model(), model.cleanError(), means);
  }

  /// The mean error under a corruption.
  ///
  /// @throws IllegalArgumentException if it is not known or 0
  double positive(Corruption corruption) {
    double error = known(corruption);
    if (error == 0) {
      throw new IllegalArgumentException(
          "%s never errs under %s: nothing can be divided by that".formatted(name, corruption));
    }
    return error;
  }

  /// By how much the error rises from that without corruption.
  ///
  /// @throws IllegalArgumentException if it is not known, or does not rise
  double rise(Corruption corruption) {
    if (cleanError == null) {
      throw new IllegalArgumentException("the clean error of " + name + " is not known");
    }
    double rise = known(corruption) - cleanError;
    if (!(rise > 0)) {
      throw new IllegalArgumentException(
          "%s errs no more under %s than without: nothing can be divided by that"
              .formatted(name, corruption));
    }
    return rise;
  }

  private double known(Corruption corruption) {
    Double error = errors.get(corruption);
    if (error == null) {
      throw new IllegalArgumentException(name + " has no errors under " + corruption);
    }
    return error;
  }
}
