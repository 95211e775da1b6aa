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
  /** What is known of a session, and the report that told its story. */
  private record Met(
      Origin began,
      String client,
      @Nullable String version,
      @Nullable String story,
      @Nullable String project,
      Origin toldAt) {}

  private final RowBuilder rows;
  private final Map<String, Met> met = new LinkedHashMap<>();
  private final Map<String, Met> sent = new HashMap<>();
  private @Nullable Attribution lastOf;
  private long lastTime;
  private boolean lastVersioned;

  Sessions(RowBuilder rows) {
    this.rows = rows;
  }

  void met(SessionMet report) {
    Origin origin = report.origin();
    String session = origin.of().session();
    boolean versioned = report.version() != null;
    if (session == null
        || (origin.of() == lastOf && origin.time() >= lastTime && (lastVersioned || !versioned))) {
      return;
    }
    Met known = met.get(session);
    Attribution of = origin.of();
    if (known == null) {
      met.put(
          session,
          new Met(origin, report.client(), report.version(), of.story(), of.project(), origin));
    } else {
      Origin began = isEarlier(origin, known.began) ? origin : known.began;
      String version = known.version == null ? report.version() : known.version;
      boolean tells =
          of.story() != null && (known.story == null || isEarlier(origin, known.toldAt));
      met.put(
          session,
          tells
              ? new Met(began, report.client(), version, of.story(), of.project(), origin)
              : new Met(began, known.client, version, known.story, known.project, known.toldAt));
    }
    lastOf = origin.of();
    lastTime = origin.time();
    lastVersioned = versioned;
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
        Attribution of = Attribution.of(session, now.story, now.project, null);
        Origin origin = new Origin(now.began.time(), now.began.timed(), of, 0, 0);
        rows.begin(out, Mode.MERGE, "session:" + session, "session_started", origin);
        rows.detail("client", now.client);
        if (now.version != null) {
          rows.detail("client_version", now.version);
        }
        if (now.toldAt.timed() && now.story != null) {
          rows.detail(Merge.STORY_AT, Timestamps.text(now.toldAt.time()));
        }
        rows.end(out);
      }
    });
  }
}
