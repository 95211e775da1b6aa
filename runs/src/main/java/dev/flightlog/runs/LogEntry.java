package dev.flightlog.runs;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody logs, for {@link FlightRun#log(long, LogEntry)}.
 *
 * @param details become the details of the event; a value that is no text, number, flag, list or
 *     map is told by its text
 * @param time when it was logged; null for now
 */
public record LogEntry(
    System.Logger.Level level,
    String component,
    @Nullable String message,
    @Nullable Throwable error,
    @Nullable Map<String, ? extends @Nullable Object> details,
    @Nullable Instant time) {

  /** An entry of now, with a message only. */
  public static LogEntry of(System.Logger.Level level, String component, @Nullable String message) {
    return new LogEntry(level, component, message, null, null, null);
  }
}
