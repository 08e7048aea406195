package topolip.cli;

import org.jspecify.annotations.Nullable;

/// Shows the columns of a reduction as one stage a degree.
final class ColumnBars implements topolip.homology.Progress, AutoCloseable {
  private final topolip.engine.Progress progress;
  private topolip.engine.Progress.@Nullable Stage stage;
  private int degree = -1;
  private long shown;

  ColumnBars(topolip.engine.Progress progress) {
    this.progress = progress;
  }

  @Override
  public synchronized void columns(int newDegree, long done, long total) {
    if (stage == null || newDegree != degree) {
      close();
      stage = progress.begin("degree " + newDegree, total);
      degree = newDegree;
      shown = 0;
    }
    if (done > shown) { // threads report in any order
      stage.step(done - shown);
      shown = done;
    }
  }

  @Override
  public synchronized void close() {
    if (stage != null) {
      stage.close();
      stage = null;
    }
  }
}
