package topolip.perturb.attack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Where the results of a suite are kept while it runs: one JSON file for each attack on each chunk
/// of points, written when that is done.
///
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

    String file() {
      return String.format(Locale.ROOT, "chunk-%05d-attack-%d.json", chunk, place);
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

  /// What a file holds.
  record Kept(String key, List<KeptPoint> points) {}

  /// @param image the values, exactly
  record KeptPoint(
      int id,
      int label,
      AttackedPoint.Outcome outcome,
      int prediction,
      List<Float> image,
      double distance,
      String attack,
      long queries,
      long gradients) {

    static KeptPoint of(AttackedPoint point) {
      List<Float> image = new ArrayList<>(point.image().length);
      for (float value : point.image()) {
        image.add(value);
      }
      return new KeptPoint(
          point.id(),
          point.label(),
          point.outcome(),
          point.prediction(),
          image,
          point.distance(),
          point.attack(),
          point.queries(),
          point.gradients());
    }

    AttackedPoint restored() {
      float[] values = new float[image.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = image.get(i);
      }
      return new AttackedPoint(
          id, label, outcome, prediction, values, distance, attack, queries, gradients);
    }
  }

  /// The results kept for a part, or those of work, which are then kept.
  ///
  /// @throws IOException if a file is damaged or of another run; the message names it
  List<AttackedPoint> of(Part part, Points points, Work work) throws IOException {
    if (folder == null) {
      return work.on(points);
    }
    Path file = folder.resolve(part.file());
    if (Files.exists(file)) {
      return read(file, part, points);
    }
    List<AttackedPoint> results = work.on(points);
    Files.createDirectories(folder);
    Path aside = folder.resolve(part.file() + ".part");
    Kept kept = new Kept(part.key(points), results.stream().map(KeptPoint::of).toList());
    Files.write(aside, JSON.writeValueAsBytes(kept));
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return results;
  }

  private static List<AttackedPoint> read(Path file, Part part, Points points) throws IOException {
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
              && kept.points().get(p).label() == points.label(p)
              && kept.points().get(p).image().size() == points.shape().values();
    }
    if (!same) {
      throw new IOException(
          "%s: is of another run, of %s; expected %s"
              .formatted(file, kept.key(), part.key(points)));
    }
    return kept.points().stream().map(KeptPoint::restored).toList();
  }
}
