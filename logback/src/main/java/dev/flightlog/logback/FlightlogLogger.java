package dev.flightlog.logback;

import dev.flightlog.runs.FlightRun;
import dev.flightlog.runs.LogEntry;
import dev.flightlog.runs.RunLogger;
import dev.flightlog.runs.files.RunFolder;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.AbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/**
 * A component's logger as {@link org.slf4j.Logger}, whatever logging library there is, or none:
 * what {@link RunLogger} does, for code that is written against SLF4J. Key-values become details
 * with their types, markers are kept, all levels but TRACE are logged. Never throws into its host;
 * for any number of threads.
 */
public final class FlightlogLogger extends AbstractLogger implements LoggingEventAware {
  @Serial private static final long serialVersionUID = 1;

  private final transient RunLogger logger;
  private final transient @Nullable FlightRun run;

  private FlightlogLogger(String component, @Nullable FlightRun run) {
    name = component;
    logger = FlightRun.logger(component);
    this.run = run;
  }

  /** Logs in whatever run and step the calling thread works, as {@link FlightRun#logger} does. */
  public static FlightlogLogger of(String component) {
    return new FlightlogLogger(component, null);
  }

  /** Logs in this run, and in that of its steps in which the calling thread works. */
  public static FlightlogLogger of(FlightRun run, String component) {
    return new FlightlogLogger(component, run);
  }

  @Override
  public void log(LoggingEvent event) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    List<Marker> markers = event.getMarkers();
    if (markers != null && !markers.isEmpty()) {
      details.put("markers", markers.stream().map(Marker::getName).toList());
    }
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    if (pairs != null) {
      pairs.forEach(pair -> details.put(String.valueOf(pair.key), pair.value));
    }
    write(
        event.getLevel(),
        formatted(event.getMessage(), event.getArgumentArray()),
        event.getThrowable(),
        details);
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      @Nullable Object @Nullable [] arguments,
      @Nullable Throwable error) {
    write(
        level,
        formatted(pattern, arguments),
        error,
        marker == null ? Map.of() : Map.of("markers", List.of(marker.getName())));
  }

  private static @Nullable String formatted(
      @Nullable String pattern, @Nullable Object @Nullable [] arguments) {
    return arguments == null || arguments.length == 0
        ? pattern
        : MessageFormatter.basicArrayFormat(pattern, arguments);
  }

  private void write(
      Level level,
      @Nullable String message,
      @Nullable Throwable error,
      Map<String, ? extends @Nullable Object> details) {
    System.Logger.Level known =
        switch (level) {
          case ERROR -> System.Logger.Level.ERROR;
          case WARN -> System.Logger.Level.WARNING;
          case INFO -> System.Logger.Level.INFO;
          case DEBUG -> System.Logger.Level.DEBUG;
          case TRACE -> System.Logger.Level.TRACE;
        };
    if (run == null) {
      logger.log(known, message, error, details);
      return;
    }
    long step = run.stepOfThread().orElse(RunFolder.NO_STEP);
    run.log(step, new LogEntry(known, logger.component(), message, error, details, null));
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }

  @Override
  public boolean isTraceEnabled() {
    return false;
  }

  @Override
  public boolean isTraceEnabled(Marker marker) {
    return false;
  }

  @Override
  public boolean isDebugEnabled() {
    return true;
  }

  @Override
  public boolean isDebugEnabled(Marker marker) {
    return true;
  }

  @Override
  public boolean isInfoEnabled() {
    return true;
  }

  @Override
  public boolean isInfoEnabled(Marker marker) {
    return true;
  }

  @Override
  public boolean isWarnEnabled() {
    return true;
  }

  @Override
  public boolean isWarnEnabled(Marker marker) {
    return true;
  }

  @Override
  public boolean isErrorEnabled() {
    return true;
  }

  @Override
  public boolean isErrorEnabled(Marker marker) {
    return true;
  }
}
