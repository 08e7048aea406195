package topolip.perturb.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Where the results of a suite are kept while it runs: for each attack on each chunk of points a
/// small JSON file, and its images, `(points, channels, height, width)`, as `.npy` beside it.
///
/// Both are written aside and moved, the images first: a part is done when its JSON file is there.
/// Results depend on each point alone, so that a run continues with the numbers it would have had.
public final class SuiteCheckpoint {
  /// Keeps nothing.
  public static final SuiteCheckpoint NONE = new SuiteCheckpoint(null);

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final @Nullable Path folder;

  private SuiteCheckpoint(@Nullable Path folder) {
    this.folder = folder;
  }

  /// Keeps results in a folder, which is made if it is not there.
  public static SuiteCheckpoint in(Path folder) {
    return new SuiteCheckpoint(folder);
  }

  /// One attack on one chunk of the points.
  record Part(int chunk, int place, Attack attack, String modelSha256, long seed) {

    /// The name of its files, without ending.
    String name() {
      return String.format(Locale.ROOT, "chunk-%05d-attack-%d", chunk, place);
    }

    /// Whatever the results depend on, besides the ids and labels that they name.
    String key(Points points) {
      return "%s model=%s seed=%d pixels=%08x"
          .formatted(attack, modelSha256, seed, Arrays.hashCode(points.images().values()));
    }
  }

  /// How results are found that are not kept.
  interface Work {
    List<AttackedPoint> on(Points points);
  }

  /// What a JSON file holds.
  ///
  /// @param pixels a hash of the images
  record Kept(String key, int pixels, List<KeptPoint> points) {}

  /// All of a point but its image.
  record KeptPoint(
      int id,
      int label,
      AttackedPoint.Outcome outcome,
      int prediction,
      double distance,
      String attack,
      long queries,
      long gradients) {

    static KeptPoint of(AttackedPoint point) {
      return new KeptPoint(
          point.id(),
          point.label(),
          point.outcome(),
          point.prediction(),
          point.distance(),
          point.attack(),
          point.queries(),
          point.gradients());
    }

    AttackedPoint with(float[] image) {
      return new AttackedPoint(
          id, label, outcome, prediction, image, distance, attack, queries, gradients);
    }
  }

  /// The results kept for a part, or those of work, which are then kept.
  ///
  /// @throws IOException if a file is damaged or of another run; the message names it
  List<AttackedPoint> of(Part part, Points points, Work work) throws IOException {
    if (folder == null) {
      return work.on(points);
    }
    Path file = folder.resolve(part.name() + ".json");
    Path images = folder.resolve(part.name() + ".npy");
    if (Files.exists(file)) {
      return read(file, images, part, points);
    }
    List<AttackedPoint> results = work.on(points);
    Files.createDirectories(folder);
    Path aside = folder.resolve(part.name() + ".part");
    KeptImages.write(aside, points.shape(), results);
    move(aside, images);
    Kept kept =
        new Kept(
            part.key(points),
            KeptImages.hash(results.stream().map(AttackedPoint::image).toList()),
            results.stream().map(KeptPoint::of).toList());
    Files.write(aside, JSON.writeValueAsBytes(kept));
    move(aside, file);
    return results;
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static List<AttackedPoint> read(Path file, Path npy, Part part, Points points)
      throws IOException {
    Kept kept;
    try {
      kept = JSON.readValue(Files.readAllBytes(file), Kept.class);
    } catch (JacksonException e) {
      throw new IOException(file + ": is damaged: " + e.getOriginalMessage(), e);
    }
    boolean same = kept.key().equals(part.key(points)) && kept.points().size() == points.count();
    for (int p = 0; same && p < points.count(); p++) {
      same =
          kept.points().get(p).id() == points.id(p)
              && kept.points().get(p).label() == points.label(p);
    }
    if (!same) {
      throw new IOException(
          "%s: is of another run, of %s; expected %s"
              .formatted(file, kept.key(), part.key(points)));
    }
    List<float[]> images = KeptImages.read(npy, points.count(), points.shape());
    if (KeptImages.hash(images) != kept.pixels()) {
      throw new IOException(npy + ": is damaged: its values are not those that were kept");
    }
    return IntStream.range(0, points.count())
        .mapToObj(p -> kept.points().get(p).with(images.get(p)))
        .toList();
  }
}
