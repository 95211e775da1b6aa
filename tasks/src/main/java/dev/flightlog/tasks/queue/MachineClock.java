package dev.flightlog.tasks.queue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Milliseconds since the machine started, the same for all processes and going on while it sleeps:
 * what leases on one machine are judged by, so that a wall clock that is set takes no task from a
 * worker that lives. Only where there is {@code /proc}. Stateless, safe for any thread.
 */
final class MachineClock {
  private static final Path UPTIME = Path.of("/proc/uptime");
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private MachineClock() {}

  /**
   * A reading.
   *
   * @param boot what tells this start of the machine from every other
   */
  record Reading(String boot, long millis) {}

  /**
   * @throws IOException where the machine does not tell
   */
  static Reading read() throws IOException {
    String text = Files.readString(UPTIME);
    try {
      BigDecimal seconds = new BigDecimal(text.substring(0, text.indexOf(' ')));
      return new Reading(
          Files.readString(BOOT).strip(), seconds.movePointRight(3).longValueExact());
    } catch (IndexOutOfBoundsException | ArithmeticException | NumberFormatException e) {
      throw new IOException(UPTIME + " holds no time: " + text, e);
    }
  }
}
