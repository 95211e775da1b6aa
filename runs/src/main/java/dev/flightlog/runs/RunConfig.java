package dev.flightlog.runs;

import dev.flightlog.recorder.FlightRecorder;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How a run is logged.
 *
 * @param recorder takes each entry as an event, and stays open; null for one of the environment,
 *     which all runs of a process share
 * @param clock tells the time of entries
 * @param fileBytes how long a log may become before it goes on in another file
 */
public record RunConfig(@Nullable FlightRecorder recorder, InstantSource clock, long fileBytes) {
  private static final long FILE_BYTES = 64L << 20;

  public RunConfig {
    if (fileBytes < 1024) {
      throw new IllegalArgumentException(
          "a log needs at least 1024 bytes a file, not " + fileBytes);
    }
  }

  /** A recorder of the environment, the system's clock, 64 MiB a file. */
  public static RunConfig defaults() {
    return new RunConfig(null, InstantSource.system(), FILE_BYTES);
  }

  public RunConfig recorder(FlightRecorder given) {
    return new RunConfig(given, clock, fileBytes);
  }

  public RunConfig clock(InstantSource given) {
    return new RunConfig(recorder, given, fileBytes);
  }

  public RunConfig fileBytes(long given) {
    return new RunConfig(recorder, clock, given);
  }
}
