package dev.flightlog.learning.hooks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * When the system was started, so that a script can tell the time by its uptime. Where the system
 * does not tell it, everything is empty, and a script asks another program.
 *
 * @param boot by which this start is known
 */
record SystemClock(String boot, long bootedAtSeconds) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path UPTIME = Path.of("/proc/uptime");

  static SystemClock now() {
    try {
      String uptime = Files.readString(UPTIME);
      double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
      return new SystemClock(
          Files.readString(BOOT).strip(), Math.round(Instant.now().toEpochMilli() / 1e3 - seconds));
    } catch (IOException | RuntimeException e) {
      return new SystemClock("none", 0);
    }
  }

  /** The other time where it is nearly the same, for both are rounded. */
  SystemClock nearTo(long otherSeconds) {
    return Math.abs(bootedAtSeconds - otherSeconds) <= 2
        ? new SystemClock(boot, otherSeconds)
        : this;
  }
}
