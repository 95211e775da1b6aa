package dev.flightlog.home.index;

import dev.flightlog.home.Home;
import java.util.List;

/**
 * What is wrong as of the last look, each told once to the home for as long as it lasts. Told by
 * one thread, read by any.
 */
final class Complaints {
  private final Home home;
  private volatile List<String> now = List.of();

  Complaints(Home home) {
    this.home = home;
  }

  /** Replaces those of the look before. */
  void tell(List<String> problems) {
    for (String problem : problems) {
      if (!now.contains(problem)) {
        home.tell(problem);
      }
    }
    now = List.copyOf(problems);
  }

  /** Those of the last look. */
  List<String> now() {
    return now;
  }
}
