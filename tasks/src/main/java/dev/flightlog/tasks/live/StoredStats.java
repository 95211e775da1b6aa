package dev.flightlog.tasks.live;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.tasks.live.TaskStats.Figures;
import dev.flightlog.tasks.live.TaskStats.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Figures from the store, which adds them up by hour and day while events come: exact, after a
 * start as well as before. Blocks; fails with {@link dev.flightlog.store.StoreException}.
 * Stateless.
 */
public final class StoredStats {
  private static final int MOST_AGENTS = 100;
  private static final Filter REQUEST = Filter.is(Field.EVENT_TYPE, EventTypes.TASK_REQUEST);
  private static final Filter OUTCOME = Filter.is(Field.EVENT_TYPE, EventTypes.TASK_OUTCOME);
  private static final Attribute TIME = Attribute.of(Field.DURATION_MS);
  private static final Measure[] MEASURES = {
    Measure.count(),
    Measure.count(Filter.is(Field.SUCCESS, true)),
    Measure.percentile(TIME, 0.5),
    Measure.percentile(TIME, 0.95),
    Measure.percentile(TIME, 0.99)
  };

  private StoredStats() {}

  /**
   * The windows that end now, then all time.
   *
   * @param agent only of this one; null for all
   */
  public static TaskStats at(Instant now, EventStore store, @Nullable String agent) {
    List<Window> windows = new ArrayList<>();
    for (Duration length : TaskStats.LENGTHS) {
      long to = Timestamps.of(now) + 1;
      long from = Timestamps.of(now.minus(length));
      Filter span = Filter.and(Filter.since(from), Filter.until(to));
      windows.add(window(length, span, store, agent));
    }
    windows.add(allTime(store, agent));
    return new TaskStats(now, windows);
  }

  /** The figures of everything that is kept. */
  public static Window allTime(EventStore store, @Nullable String agent) {
    return window(null, Filter.EVERYTHING, store, agent);
  }

  private static Window window(
      @Nullable Duration length, Filter span, EventStore store, @Nullable String agent) {
    Filter whose = agent == null ? Filter.EVERYTHING : Filter.is(Field.AGENT_NAME, agent);
    Filter outcomes = Filter.and(OUTCOME, span, whose);
    long requests = 0;
    if (agent == null) {
      Aggregate asked = Aggregate.of(Filter.and(REQUEST, span), Measure.count());
      requests = store.aggregate(asked).getFirst().whole(0);
    }
    Row total = store.aggregate(Aggregate.of(outcomes, MEASURES)).getFirst();
    Map<String, Figures> agents = new LinkedHashMap<>();
    if (total.whole(0) > 0) {
      Aggregate each =
          Aggregate.of(outcomes, MEASURES)
              .by(Dimension.of(Field.AGENT_NAME))
              .orderBy(0)
              .limit(MOST_AGENTS);
      for (Row row : store.aggregate(each)) {
        String name = row.text(0);
        if (name != null) {
          agents.put(name, figures(0, row));
        }
      }
    }
    return new Window(length, figures(requests, total), agents);
  }

  private static Figures figures(long requests, Row row) {
    return new Figures(
        requests, row.whole(0), row.whole(1), real(row, 2), real(row, 3), real(row, 4));
  }

  private static @Nullable Double real(Row row, int measure) {
    return row.isKnown(measure) ? (Double) row.real(measure) : null;
  }
}
