import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.stream.IntStream;
import topolip.dataset.ImageShape;
import topolip.dataset.Images;
import topolip.perturb.corruption.CommonCorruption;
import topolip.perturb.corruption.Corruption;
import topolip.perturb.corruption.FrostTextures;

/// Prints `corruption,seconds,CPU seconds` of an image, severity 3 of 32 x 32, in batches of 64 on one
/// thread, as `corruptions.py` does. Usage: CorruptionTimes PHOTOGRAPHS SECONDS
class CorruptionTimes {
  private static final int COUNT = 64;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  public static void main(String[] arguments) throws IOException {
    double seconds = Double.parseDouble(arguments[1]);
    double warmUp = Math.max(3, 3 * seconds);
    int[] ids = IntStream.range(0, COUNT).toArray();
    for (Corruption corruption : Corruption.values()) {
      if (corruption == Corruption.PROCEDURAL_FROST) {
        continue;
      }
      FrostTextures textures =
          corruption == Corruption.FROST
              ? FrostTextures.Photographs.in(Path.of(arguments[0]))
              : new FrostTextures.Procedural();
      CommonCorruption common = new CommonCorruption(corruption, 3, 32, textures);
      measured(common, ids, warmUp); // until all is compiled
      System.out.println(corruption + "," + measured(common, ids, seconds));
    }
  }

  /// Runs for so many seconds of CPU time.
  private static String measured(CommonCorruption common, int[] ids, double seconds)
      throws IOException {
    Images clean = smooth();
    long wall = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    long done = 0;
    while (SYSTEM.getProcessCpuTime() - cpu < seconds * 1e9) {
      common.apply(clean, ids, done);
      done++;
    }
    double images = 1e9 * done * COUNT;
    return (System.nanoTime() - wall) / images + "," + (SYSTEM.getProcessCpuTime() - cpu) / images;
  }

  private static Images smooth() {
    float[] values = new float[COUNT * 3 * 32 * 32];
    for (int i = 0; i < values.length; i++) {
      int c = i / 1024 % 3;
      int y = i / 32 % 32;
      int x = i % 32;
      values[i] = (int) Math.floor(127.5 + 100 * Math.sin((2 * x + y * (c + 1)) / 6.0)) / 255f;
    }
    return Images.wrap(new ImageShape(3, 32, 32), values);
  }
}
