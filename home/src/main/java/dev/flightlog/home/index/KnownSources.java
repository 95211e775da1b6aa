package dev.flightlog.home.index;

import dev.flightlog.home.Home;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.home.sources.Source;
import dev.flightlog.home.sources.Sources;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What was ever imported into a home, looked at again. Stateless. */
final class KnownSources {
  private KnownSources() {}

  /**
   * Hands each source that is there to its taker, one after the other.
   *
   * @param problems gets what is wrong with the list of sources, a sentence each
   */
  static void each(Home home, Consumer<Source> taker, List<String> problems) {
    Sources sources = Sources.of(home);
    Set<Source> all;
    try {
      all = sources.all();
    } catch (HomeException e) {
      problems.add(String.valueOf(e.getMessage()));
      return;
    }
    for (Source source : all) {
      if (Files.exists(source.path())) {
        taker.accept(source);
      }
    }
    problems.addAll(sources.problems());
  }
}
