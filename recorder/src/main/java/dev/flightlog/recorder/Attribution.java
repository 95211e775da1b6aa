package dev.flightlog.recorder;

import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * To whom an event belongs, encoded and redacted once for all events that take it from here. The
 * fields stand next to each other in a line, so an event that overrides none copies one block.
 */
final class Attribution {
  /** The attribution fields are those from here … */
  static final int FIRST = Field.SESSION_ID.ordinal();

  /** … up to this one. */
  static final int LAST = Field.COMPONENT.ordinal();

  /** Where the agent stands among the values. */
  static final int AGENT = Field.AGENT_NAME.ordinal() - FIRST;

  private static final int COUNT = LAST - FIRST + 1;

  private final @Nullable Object[] values;

  /** The sessions of stories, when no session was named. */
  private final @Nullable String sessionStamp;

  /** {@code "session_id":"…","story_id":"…"}, … */
  final byte[] block;

  /** The members of the block, each alone; empty where there is none. */
  private final byte[][] members = new byte[COUNT][];

  final String story;

  private Attribution(@Nullable Object[] values, @Nullable String sessionStamp, TextLimit limit) {
    this.values = values;
    this.sessionStamp = sessionStamp;
    this.story = String.valueOf(values[Field.STORY_ID.ordinal() - FIRST]);
    JsonWriter out = new JsonWriter(256);
    for (int i = 0; i < COUNT; i++) {
      Field field = Field.at(FIRST + i);
      members[i] = member(field, field == Field.SESSION_ID ? session(story) : values[i], limit);
      writeMember(out, FIRST + i);
    }
    this.block = out.toByteArray();
  }

  private static byte[] member(Field field, @Nullable Object value, TextLimit limit) {
    if (value instanceof Long number) {
      return new JsonWriter().rawKey(Keys.of(field)).number(number).toByteArray();
    }
    return value == null ? new byte[0] : limit.member(field, value.toString());
  }

  /**
   * @param sessionStamp the second half of sessions that are named after their story
   */
  static Attribution root(
      String story, @Nullable String session, String sessionStamp, TextLimit limit) {
    @Nullable Object[] values = new Object[COUNT];
    values[0] = session;
    values[Field.STORY_ID.ordinal() - FIRST] = story;
    return new Attribution(values, session == null ? sessionStamp : null, limit);
  }

  /** A time as sessions are named after it: {@code yyyyMMdd_HHmmss}. */
  static String stamp(long micros) {
    String text = Timestamps.text(micros);
    return Timestamps.day(micros)
        + '_'
        + text.substring(11, 13)
        + text.substring(14, 16)
        + text.substring(17, 19);
  }

  /** This one, changed where the other values are not null; in the order of the fields. */
  Attribution with(@Nullable Object[] changes, TextLimit limit) {
    @Nullable Object[] merged = values.clone();
    for (int i = 0; i < COUNT; i++) {
      merged[i] = changes[i] == null ? merged[i] : changes[i];
    }
    return new Attribution(merged, merged[0] == null ? sessionStamp : null, limit);
  }

  static @Nullable Object[] noChanges() {
    return new Object[COUNT];
  }

  /** Writes one field as it is in the block. */
  void writeMember(JsonWriter out, int ordinal) {
    byte[] member = members[ordinal - FIRST];
    if (member.length > 0) {
      out.raw(member, 0, member.length);
    }
  }

  /** The agent, if there is one. */
  @Nullable String agent() {
    return (String) values[AGENT];
  }

  /** The session of an event of this story. */
  String session(String eventStory) {
    return sessionStamp == null
        ? String.valueOf(values[0])
        : "story_" + eventStory + "_" + sessionStamp;
  }

  @Override
  public String toString() {
    return new String(block, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Attribution that && Arrays.equals(block, that.block);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(block);
  }
}
