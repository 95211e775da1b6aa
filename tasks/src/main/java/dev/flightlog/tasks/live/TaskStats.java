package dev.flightlog.tasks.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How tasks do at one moment. Immutable.
 *
 * @param windows shortest first
 */
public record TaskStats(Instant at, List<Window> windows) {
  /** The lengths of the sliding windows. */
  public static final List<Duration> LENGTHS =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(60));

  public TaskStats {
    windows = List.copyOf(windows);
  }

  /**
   * The figures of one span of time that ends now.
   *
   * @param length null for all time
   * @param total of all agents, requests that no agent got included
   * @param agents by name, most outcomes first; they have no requests, because a request is of no
   *     agent yet
   */
  public record Window(@Nullable Duration length, Figures total, Map<String, Figures> agents) {
    public Window {
      agents = Collections.unmodifiableMap(new LinkedHashMap<>(agents));
    }

    /** {@code 1m}, {@code 5m}, {@code 60m}, or {@code all}. */
    public String name() {
      return length == null ? "all" : length.toMinutes() + "m";
    }

    /** Requests a minute; null for all time, which has no length. */
    public @Nullable Double requestsPerMinute() {
      return length == null ? null : (Double) (total.requests * 60.0 / length.toSeconds());
    }
  }

  /**
   * What is counted.
   *
   * @param outcomes tasks that came to their end
   * @param succeeded of these
   * @param p50 half of the outcomes took at most so many milliseconds; null when none was timed
   */
  public record Figures(
      long requests,
      long outcomes,
      long succeeded,
      @Nullable Double p50,
      @Nullable Double p95,
      @Nullable Double p99) {
    static final Figures NONE = new Figures(0, 0, 0, null, null, null);

    /** 0 to 1; null without outcomes. */
    public @Nullable Double successRate() {
      return outcomes == 0 ? null : (Double) ((double) succeeded / outcomes);
    }
  }

  /** The same with one more window behind the others. */
  public TaskStats and(Window more) {
    List<Window> all = new java.util.ArrayList<>(windows);
    all.add(more);
    return new TaskStats(at, all);
  }
}
