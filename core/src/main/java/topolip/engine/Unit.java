package topolip.engine;

import java.io.IOException;
import java.io.Serializable;

/// A piece of work that needs no other of its kind: plain data, its seed included, so that it gives
/// the same result on any thread of any machine.
///
/// @param <S> what all units of a call read, such as a distance matrix; serialisable as well
/// @param <R> what it finds out; serialisable as well
public interface Unit<S, R> extends Serializable {

  /// What it is, for the one who is told that it failed.
  String name();

  /// Does the work. Stops when its thread is interrupted, if it may last long.
  R run(S shared) throws IOException;
}
