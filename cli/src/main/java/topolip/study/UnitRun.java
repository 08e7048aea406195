package topolip.study;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A unit on an engine: its command, run whole. What it finds is files.
record UnitRun(Unit unit) implements topolip.engine.Unit<UnitRun.Place, UnitRun.Outcome> {

  /// What all units need.
  ///
  /// @param units the folder of their results, which every machine of the engine has at this path
  record Place(StudyRun.Program program, String units) implements Serializable {}

  /// How the command ended. A failure is no exception, since it would be the same if the engine
  /// tried again, and is no reason to drop other units.
  ///
  /// @param failure null if it did not fail
  record Outcome(@Nullable String failure) implements Serializable {}

  @Override
  public String name() {
    return unit.folder();
  }

  @Override
  public Outcome run(Place place) {
    try {
      unit.run(place.program(), Path.of(place.units()));
      return new Outcome(null);
    } catch (IOException e) {
      // If only its time could not be noted, or another attempt was first, it is done.
      return new Outcome(
          unit.isDone(Path.of(place.units())) ? null : String.valueOf(e.getMessage()));
    } catch (OutOfMemoryError e) {
      return new Outcome(
          "the heap of %d MB is full".formatted(Runtime.getRuntime().maxMemory() >> 20));
    }
  }
}
