package dev.flightlog.formats;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every session met on any line becomes one event {@code session_started}, at the earliest time
 * seen for it, so that a session in which nothing else was recorded can be counted too.
 */
final class Sessions {
  private final Rows rows;
  private final String client;
  private final Map<String, Where> met = new LinkedHashMap<>();
  private final Map<String, Where> sent = new HashMap<>();
  private @Nullable Where last;
  private @Nullable String lastStory;

  Sessions(Rows rows, String client) {
    this.rows = rows;
    this.client = client;
  }

  /** A line that belongs to this session. */
  void met(@Nullable String session, long time, @Nullable String story) {
    Where known = last;
    boolean nothingNew =
        session == null
            || (known != null
                && session.equals(known.session())
                && time >= known.time()
                && Objects.equals(story, lastStory));
    if (!nothingNew) {
      last = met.merge(session, new Where(time, session, story, null, 0, 0), Where::joined);
      lastStory = story;
    }
  }

  Set<String> ids() {
    return met.keySet();
  }

  /** Adds an event for each session whose report has changed since the last flush. */
  void flush(EventBatch out) {
    met.forEach((session, where) -> {
      if (!where.equals(sent.put(session, where))) {
        rows.begin(
            out, Mode.MERGE, "session:" + session, "session_started", Category.EXECUTION, where);
        rows.detail("client", client).end(out);
      }
    });
  }
}
