package topolip.engine;

/// Who is told how far a measurement is.
///
/// Methods may be called from several threads.
public interface Progress {

  /// Tells nobody.
  Progress NONE =
      (what, units) ->
          new Stage() {
            @Override
            public void step(long done) {}

            @Override
            public void close() {}
          };

  /// Begins a stage of so many units of work.
  ///
  /// @param what is being done, such as `resnet20: activations`
  Stage begin(String what, long units);

  /// One stage of a measurement, closed when it ends.
  interface Stage extends AutoCloseable {

    /// So many more units are done.
    void step(long done);

    @Override
    void close();
  }
}
