package topolip.cli;

import java.util.ArrayList;
import java.util.List;
import topolip.model.Model;
import topolip.model.Tap;

/// Networks that are about to be measured, with the layers that were asked for.
final class OpenedModels implements AutoCloseable {

  record Entry(Model model, List<Tap> taps) {}

  private final List<Entry> entries = new ArrayList<>();

  /// Takes a model over.
  ///
  /// @throws IllegalArgumentException if it has no such layers, or fewer than two of them
  void add(Model model, SampleOptions sampling) {
    try {
      List<Tap> taps = sampling.taps(model);
      if (taps.size() < 2) {
        throw new IllegalArgumentException(
            "%s: a profile needs at least two layers, not %d".formatted(model.name(), taps.size()));
      }
      entries.add(new Entry(model, taps));
    } catch (Throwable e) {
      model.close();
      throw e;
    }
  }

  List<Entry> entries() {
    return entries;
  }

  @Override
  public void close() {
    entries.forEach(entry -> entry.model().close());
  }
}
