package dev.flightlog.learning.outcomes;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * When a session began, and whether it has ended. Times are microseconds since 1970.
 *
 * @param told when its end was recorded; {@link Long#MIN_VALUE} when it was not
 */
record Lifetime(long began, long last, long told) {
  /** A session that lives longer is cut here. */
  static final long MOST = Timestamps.DAY;

  /** So long nothing happens in a session that has ended without telling so. */
  static final long SILENCE = 6 * 3_600_000_000L;

  /** Transcripts are written a little later than an end is told. */
  private static final long WRITTEN_AFTER = 30_000_000L;

  /** The clock of hooks tells whole seconds since the system's start. */
  private static final long CLOCKS_DIFFER = 5_000_000L;

  static final String SESSION_ENDED = "session_ended";

  /** Of these sessions; those without an event are missing. Blocks; fails as the store does. */
  static Map<String, Lifetime> of(Collection<String> sessions, EventStore store) {
    Attribute time = Attribute.of(Field.TIMESTAMP);
    Filter ended = Filter.is(Field.EVENT_TYPE, SESSION_ENDED);
    Filter ours = Filter.or(ended, Filter.is(Field.EVENT_TYPE, EventTypes.RULE_EXPOSURE));
    Filter filter = Filter.in(Attribute.of(Field.SESSION_ID), sessions);
    Map<String, Lifetime> lifetimes = new HashMap<>();
    Aggregate whole =
        Aggregate.of(Filter.and(filter, Filter.not(ours)), Measure.min(time), Measure.max(time))
            .by(Field.SESSION_ID);
    for (Row row : store.aggregate(whole)) {
      lifetimes.put(
          String.valueOf(row.text(0)), new Lifetime(row.whole(0), row.whole(1), Long.MIN_VALUE));
    }
    Aggregate ends =
        Aggregate.of(Filter.and(filter, ended), Measure.max(time)).by(Field.SESSION_ID);
    for (Row row : store.aggregate(ends)) {
      lifetimes.computeIfPresent(
          String.valueOf(row.text(0)),
          (name, known) -> new Lifetime(known.began, known.last, row.whole(0)));
    }
    return lifetimes;
  }

  /** Both as one: a session and its fork. */
  Lifetime with(Lifetime other) {
    boolean bothTold = told != Long.MIN_VALUE && other.told != Long.MIN_VALUE;
    return new Lifetime(
        Math.min(began, other.began),
        Math.max(last, other.last),
        bothTold ? Math.max(told, other.told) : Long.MIN_VALUE);
  }

  /** Whether it may be counted at this time. */
  boolean hasEnded(long now) {
    boolean toldLast = told != Long.MIN_VALUE && told + CLOCKS_DIFFER >= last;
    return toldLast && now - told >= WRITTEN_AFTER || now - last >= SILENCE || now - began >= MOST;
  }

  /** What happens from here on is not counted. */
  long cut() {
    return began + MOST;
  }
}
