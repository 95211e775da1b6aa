package dev.flightlog.formats;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.Field;
import org.jspecify.annotations.Nullable;

/**
 * To whom an event belongs and where its record stands.
 *
 * @param time microseconds since 1970
 * @param offset where the record begins in the decompressed stream
 */
record Where(
    long time,
    @Nullable String session,
    @Nullable String story,
    @Nullable String agent,
    long offset,
    int length) {

  /** Two reports of one thing: the earlier time, else what {@code Merge} would keep. */
  Where joined(Where other) {
    return new Where(
        Math.min(time, other.time),
        larger(session, other.session),
        larger(story, other.story),
        larger(agent, other.agent),
        offset,
        length);
  }

  /** The same, by another agent. */
  Where by(@Nullable String other) {
    return new Where(time, session, story, other, offset, length);
  }

  /** Sets the columns of the row that is being built. */
  void put(EventBatch row) {
    row.integer(Field.TIMESTAMP, time);
    row.text(Field.SESSION_ID, session);
    row.text(Field.STORY_ID, story);
    row.text(Field.AGENT_NAME, agent);
  }

  /** The longer text, then the one that sorts last: as {@code Merge} decides. */
  static @Nullable String larger(@Nullable String a, @Nullable String b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    int order = a.length() != b.length() ? a.length() - b.length() : a.compareTo(b);
    return order >= 0 ? a : b;
  }
}
