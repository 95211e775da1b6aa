package dev.flightlog.formats.rows;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.Merge;
import dev.flightlog.event.Timestamps;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Occurrence.SessionMet;
import dev.flightlog.formats.occurrence.Origin;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every session met on any record becomes one event {@code session_started}, at the earliest time
 * seen for it and with the story of that time, so that a session in which nothing else was recorded
 * can be counted too.
 */
final class Sessions {
  private record Met(Origin origin, String client) {}

  private final RowBuilder rows;
  private final Map<String, Met> met = new LinkedHashMap<>();
  private final Map<String, Met> sent = new HashMap<>();
  private @Nullable Attribution lastOf;
  private long lastTime;

  Sessions(RowBuilder rows) {
    this.rows = rows;
  }

  void met(SessionMet report) {
    Origin origin = report.origin();
    String session = origin.of().session();
    if (session == null || (origin.of() == lastOf && origin.time() >= lastTime)) {
      return;
    }
    Met known = met.get(session);
    boolean earlier = known == null || isEarlier(origin, known.origin);
    if (earlier) {
      Attribution of = origin.of();
      Attribution kept = known == null ? of : known.origin.of();
      Attribution joined =
          Attribution.of(
              session,
              of.story() == null ? kept.story() : of.story(),
              of.project() == null ? kept.project() : of.project(),
              null);
      met.put(session, new Met(new Origin(origin.time(), origin.timed(), joined, 0, 0), report.client()));
    } else if (known != null && known.origin.of().story() == null && origin.of().story() != null) {
      Attribution of =
          Attribution.of(session, origin.of().story(), origin.of().project(), null);
      met.put(session, new Met(new Origin(known.origin.time(), known.origin.timed(), of, 0, 0), known.client));
    }
    lastOf = origin.of();
    lastTime = origin.time();
  }

  private static boolean isEarlier(Origin a, Origin b) {
    return a.timed() == b.timed() ? a.time() < b.time() : a.timed();
  }

  Set<String> ids() {
    return met.keySet();
  }

  /** Adds an event for each session whose report has changed since the last flush. */
  void flush(EventBatch out) {
    met.forEach((session, now) -> {
      if (!Objects.equals(now, sent.put(session, now))) {
        rows.begin(out, Mode.MERGE, "session:" + session, "session_started", now.origin);
        rows.detail("client", now.client);
        if (now.origin.timed() && now.origin.of().story() != null) {
          rows.detail(Merge.STORY_AT, Timestamps.text(now.origin.time()));
        }
        rows.end(out);
      }
    });
  }
}
