package dev.flightlog.runs;

import dev.flightlog.event.Timestamps;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logs for one component of an experiment, in whatever run and step the calling thread works: each
 * entry is a line in the component's file of that step, and an event. Outside of a step it goes to
 * the log of the run; outside of any run to the {@link System.Logger} {@code
 * dev.flightlog.runs.<component>}.
 *
 * <p>Never throws into its host, and blocks for one write at most. For any number of threads.
 */
public final class RunLogger {
  private final String component;
  private final System.Logger plain;

  RunLogger(String component) {
    this.component = component;
    this.plain = System.getLogger("dev.flightlog.runs." + component);
  }

  public String component() {
    return component;
  }

  public void debug(@Nullable String message) {
    log(System.Logger.Level.DEBUG, message, null, null);
  }

  public void info(@Nullable String message) {
    log(System.Logger.Level.INFO, message, null, null);
  }

  public void info(
      @Nullable String message, @Nullable Map<String, ? extends @Nullable Object> details) {
    log(System.Logger.Level.INFO, message, null, details);
  }

  public void warn(@Nullable String message) {
    log(System.Logger.Level.WARNING, message, null, null);
  }

  public void warn(
      @Nullable String message, @Nullable Map<String, ? extends @Nullable Object> details) {
    log(System.Logger.Level.WARNING, message, null, details);
  }

  public void error(@Nullable String message, @Nullable Throwable error) {
    log(System.Logger.Level.ERROR, message, error, null);
  }

  public void error(
      @Nullable String message,
      @Nullable Throwable error,
      @Nullable Map<String, ? extends @Nullable Object> details) {
    log(System.Logger.Level.ERROR, message, error, details);
  }

  /**
   * Logs at any level.
   *
   * @param details become the details of the event; a value that is no text, number, flag, list or
   *     map is told by its text
   */
  public void log(
      System.Logger.Level level,
      @Nullable String message,
      @Nullable Throwable error,
      @Nullable Map<String, ? extends @Nullable Object> details) {
    try {
      Contexts.Context context = Contexts.current();
      if (context == null
          || !context
              .run()
              .write(
                  context.number(),
                  new Entry(level, component, null, message, error, details, Timestamps.NONE))) {
        String text = details == null || details.isEmpty() ? message : message + " " + details;
        plain.log(level, text, error);
      }
    } catch (Throwable e) {
      // What a host's object throws while it is turned into text is not the host's problem.
      plain.log(System.Logger.Level.WARNING, "an entry could not be logged: " + e.getClass());
    }
  }
}
