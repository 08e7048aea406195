package topolip.perturb.corruption;

/// One corruption at one severity of images of one size, for one thread, which closes it.
sealed interface Distortion extends AutoCloseable permits PlaneDistortion, LevelDistortion {

  /// Most hold nothing.
  @Override
  default void close() {}

  /// @param p the published parameters
  /// @param size whose parameters they are
  /// @param side of the images, which are square
  static Distortion of(
      Corruption corruption, double[] p, int size, int side, FrostTextures textures) {
    return switch (corruption) {
      case GAUSSIAN_NOISE -> PixelNoise.gaussian(p[0]);
      case SHOT_NOISE -> PixelNoise.shot(p[0]);
      case IMPULSE_NOISE -> PixelNoise.impulse(p[0]);
      case SPECKLE_NOISE -> PixelNoise.speckle(p[0]);
      case DEFOCUS_BLUR -> new DefocusBlur(p[0], p[1]);
      case GLASS_BLUR -> new GlassBlur(p[0], (int) p[1], (int) p[2]);
      case MOTION_BLUR -> new MotionBlur(p[0], p[1]);
      case ZOOM_BLUR -> new ZoomBlur(p[0], (int) p[1]);
      case GAUSSIAN_BLUR -> {
        GaussianFilter filter = GaussianFilter.reference(p[0]);
        yield planes((image, _) -> filter.of(image));
      }
      case SNOW -> new Snow(p);
      case FROST, PROCEDURAL_FROST -> new Frost(p[0], p[1], textures, size);
      case FOG -> new Fog(p[0], p[1]);
      case BRIGHTNESS -> planes((image, _) -> Hsv.brighter(image, p[0]));
      case SATURATE -> planes((image, _) -> Hsv.saturated(image, p[0], p[1]));
      case CONTRAST -> planes((image, _) -> image.map(plane -> contrast(plane, p[0])));
      case ELASTIC_TRANSFORM -> new ElasticTransform(p[0], p[1], p[2]);
      case PIXELATE -> new Pixelate(p[0], side);
      case JPEG_COMPRESSION -> new JpegCompression(p[0], side);
      case SPATTER -> new Spatter(p);
    };
  }

  private static Distortion planes(PlaneDistortion distortion) {
    return distortion;
  }

  private static double[] contrast(double[] plane, double factor) {
    double mean = 0;
    for (double value : plane) {
      mean += value;
    }
    mean /= plane.length;
    double[] flatter = new double[plane.length];
    for (int i = 0; i < flatter.length; i++) {
      flatter[i] = (plane[i] - mean) * factor + mean;
    }
    return flatter;
  }
}
