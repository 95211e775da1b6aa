package dev.flightlog.recorder;

import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with the home or the disk, once, and again when that has changed: a line of
 * the {@link System.Logger} of this name. Never throws. For any thread.
 */
final class Warnings {
  static final String LOGGER = "dev.flightlog.recorder";

  private final Object place;
  private @Nullable String told;

  Warnings(Object place) {
    this.place = place;
  }

  /** Null when all is well again. */
  synchronized void tell(@Nullable String problem) {
    if (problem == null || problem.equals(told)) {
      told = problem;
      return;
    }
    told = problem;
    try {
      System.getLogger(LOGGER)
          .log(System.Logger.Level.WARNING, "Flightlog in " + place + ": " + problem);
    } catch (RuntimeException | Error e) {
      // The host's logging is broken; stats() tells the problem all the same.
    }
  }
}
