package dev.flightlog.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every field of an event, defined once: its name in JSON and SQL, and its type. The order is the
 * order in a journal line.
 */
public enum Field {
  /** 26 characters of Crockford base 32; the idempotency key everywhere. */
  ID("id", "event_id", Kind.TEXT),
  /** When it happened: microseconds since 1970 in memory, RFC 3339 UTC in text. */
  TIMESTAMP("timestamp", Kind.TIME),
  /** Snake case, at most 64 characters. */
  EVENT_TYPE("event_type", Kind.TEXT),
  /** One of {@link Category}. */
  CATEGORY("category", Kind.TEXT),
  /** Name of the repository or folder in which work was done; unique in a home. */
  PROJECT("project", Kind.TEXT),
  SESSION_ID("session_id", Kind.TEXT),
  STORY_ID("story_id", Kind.TEXT),
  WORKFLOW_ID("workflow_id", Kind.TEXT),
  AGENT_NAME("agent_name", Kind.TEXT),
  TASK_ID("task_id", Kind.TEXT),
  RUN_ID("run_id", Kind.TEXT),
  STEP("step", Kind.INTEGER),
  COMPONENT("component", Kind.TEXT),
  /** Milliseconds. */
  DURATION_MS("duration_ms", Kind.INTEGER),
  /** Tokens: input + output + cache read + cache write. */
  TOKENS_USED("tokens_used", Kind.INTEGER),
  /** Share of the context window in use, 0 to 100. */
  CONTEXT_PERCENT("context_percent", Kind.REAL),
  SUCCESS("success", Kind.BOOLEAN),
  /** 0 to 1. */
  CONFIDENCE_SCORE("confidence_score", Kind.REAL),
  /** 0 to 1. */
  IMPACT_SCORE("impact_score", Kind.REAL),
  /** Milliseconds; negative when wasted. */
  TIME_SAVED_OR_WASTED_MS("time_saved_or_wasted_ms", Kind.INTEGER),
  /** -1 to 1. */
  USER_SATISFACTION_DELTA("user_satisfaction_delta", Kind.REAL),
  CREATED_RULE("created_rule", Kind.BOOLEAN),
  PATTERN_DETECTED("pattern_detected", Kind.BOOLEAN),
  NEEDS_REVIEW("needs_review", Kind.BOOLEAN),
  /** Everything else: a JSON object. */
  DETAILS("details", Kind.JSON),
  /**
   * Where the whole text can be read again: {@code {"file","offset","length"}}. Not in journal
   * lines.
   */
  SOURCE("source", Kind.JSON);

  /** How the value of a field is held. */
  public enum Kind {
    TEXT,
    TIME,
    INTEGER,
    REAL,
    BOOLEAN,
    JSON
  }

  private static final Field[] ALL = values();
  private static final Field[] BY_HASH = new Field[128];

  static {
    for (Field field : ALL) {
      byte[] name = field.nameBytes;
      int slot = hash(name, 0, name.length);
      while (BY_HASH[slot] != null) {
        slot = (slot + 1) & 127;
      }
      BY_HASH[slot] = field;
    }
  }

  private final String wireName;
  private final String column;
  private final Kind kind;
  private final byte[] nameBytes;

  Field(String wireName, Kind kind) {
    this(wireName, wireName, kind);
  }

  Field(String wireName, String column, Kind kind) {
    this.wireName = wireName;
    this.column = column;
    this.kind = kind;
    this.nameBytes = wireName.getBytes(StandardCharsets.US_ASCII);
  }

  /** The key in a JSON line. */
  public String wireName() {
    return wireName;
  }

  /** The column of the table {@code events}. */
  public String column() {
    return column;
  }

  public Kind kind() {
    return kind;
  }

  /** The number of fields. */
  public static int count() {
    return ALL.length;
  }

  /** The field at this ordinal, without the copy that {@code values()} makes. */
  public static Field at(int ordinal) {
    return ALL[ordinal];
  }

  /** The field with this JSON key, or null. */
  public static @Nullable Field named(byte[] name, int from, int to) {
    int slot = hash(name, from, to);
    for (Field field = BY_HASH[slot]; field != null; field = BY_HASH[slot]) {
      byte[] own = field.nameBytes;
      if (Arrays.equals(own, 0, own.length, name, from, to)) {
        return field;
      }
      slot = (slot + 1) & 127;
    }
    return null;
  }

  /** The field with this JSON key or column name, or null. */
  public static @Nullable Field named(String name) {
    for (Field field : ALL) {
      if (field.wireName.equals(name) || field.column.equals(name)) {
        return field;
      }
    }
    return null;
  }

  private static int hash(byte[] name, int from, int to) {
    int length = to - from;
    return length == 0
        ? 0
        : (length * 31 + name[from] * 7 + name[to - 1] * 13 + name[from + (length >> 1)] * 3) & 127;
  }
}
