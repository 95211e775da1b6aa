package dev.flightlog.worker;

import dev.flightlog.formats.usage.Prices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Supplier;

/**
 * How a worker works.
 *
 * @param name what tells this worker from others, for people
 * @param agents the configured agents, asked for whenever a task begins; must not block for long
 * @param lease how long a task stays this worker's without a sign of life
 * @param grace how long an agent may take to end when it is asked to
 * @param atOnce how many tasks run at the same time
 * @param workFolder where agents without a folder of their own work, each task in a new folder
 * @param environment from which agents get the variables that they are allowed
 */
public record WorkerSettings(
    String name,
    Supplier<Agents> agents,
    Duration lease,
    Duration grace,
    int atOnce,
    Path workFolder,
    Map<String, String> environment,
    Prices models,
    InstantSource clock) {
  public static final Duration LEASE = Duration.ofSeconds(30);
  public static final Duration GRACE = Duration.ofSeconds(2);

  public WorkerSettings {
    environment = Map.copyOf(environment);
    if (lease.compareTo(Duration.ofMillis(100)) < 0) {
      throw new IllegalArgumentException("a lease takes at least 100 ms, not " + lease);
    }
    if (atOnce < 1) {
      throw new IllegalArgumentException("a worker runs at least one task at once, not " + atOnce);
    }
  }
}
