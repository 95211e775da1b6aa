package dev.flightlog.lifecycle;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;

/**
 * How old what may become, and how much there may be.
 *
 * @param hot how long journals stay
 * @param warm how long the rows of a week stay in the index after its end
 * @param cold how long an archive of our own events stays; then there is a summary of them
 * @param thawed how long a week that was taken back stays in the index
 * @param standing how long rows stay in a store that keeps them on disks of its own; zero: for ever
 * @param capBytes the most that journals and index may take; 0: no bound
 */
public record LifecycleSettings(
    Duration hot, Duration warm, Period cold, Duration thawed, Duration standing, long capBytes) {

  public static final LifecycleSettings DEFAULTS =
      new LifecycleSettings(
          Duration.ofDays(7),
          Duration.ofDays(28),
          Period.ofMonths(3),
          Duration.ofDays(7),
          Duration.ZERO,
          100L << 20);

  /**
   * Where what stands.
   *
   * @param journals the folder of our own journals
   * @param archives weeks
   * @param summaries quarters
   * @param state what the last run noted
   */
  public record Places(Path journals, Path archives, Path summaries, Path state) {}
}
