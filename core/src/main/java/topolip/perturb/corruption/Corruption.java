package topolip.perturb.corruption;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The corruptions of ImageNet-C and CIFAR-10-C.
public enum Corruption {
  GAUSSIAN_NOISE(Group.NOISE),
  SHOT_NOISE(Group.NOISE),
  IMPULSE_NOISE(Group.NOISE),
  DEFOCUS_BLUR(Group.BLUR),
  GLASS_BLUR(Group.BLUR),
  MOTION_BLUR(Group.BLUR),
  ZOOM_BLUR(Group.BLUR),
  SNOW(Group.WEATHER),
  /// With the photographs of frost that the user has; there are none in this program.
  FROST(Group.WEATHER),
  FOG(Group.WEATHER),
  BRIGHTNESS(Group.WEATHER),
  CONTRAST(Group.DIGITAL),
  ELASTIC_TRANSFORM(Group.DIGITAL),
  PIXELATE(Group.DIGITAL),
  JPEG_COMPRESSION(Group.DIGITAL),
  SPECKLE_NOISE(Group.EXTRA),
  GAUSSIAN_BLUR(Group.EXTRA),
  SPATTER(Group.EXTRA),
  SATURATE(Group.EXTRA),
  /// Frost with a drawn texture instead of photographs: of this program, not of the benchmark.
  PROCEDURAL_FROST(Group.OTHER);

  /// What a corruption imitates.
  public enum Group {
    NOISE,
    BLUR,
    WEATHER,
    DIGITAL,
    /// Published for validation, not part of the benchmark.
    EXTRA,
    /// Not published.
    OTHER
  }

  private final Group group;

  Corruption(Group group) {
    this.group = group;
  }

  public Group group() {
    return group;
  }

  /// The 15 whose errors the mean is taken of.
  public static List<Corruption> benchmark() {
    return Arrays.stream(values())
        .filter(c -> c.group != Group.EXTRA && c.group != Group.OTHER)
        .toList();
  }

  /// Reads a published name, `gaussian_noise`, or the same with hyphens.
  ///
  /// @throws IllegalArgumentException if it is none
  public static Corruption parse(String name) {
    return Arrays.stream(values())
        .filter(c -> c.toString().equals(name.replace('-', '_')))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is no corruption; expected one of %s".formatted(name, names())));
  }

  private static String names() {
    return Arrays.stream(values()).map(Corruption::toString).collect(Collectors.joining(", "));
  }

  /// The published name, which is that of its files.
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
