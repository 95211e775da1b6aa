package dev.flightlog.runs;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.runs.files.RunFiles;
import dev.flightlog.runs.files.RunFolder;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a log. As a line it takes at most about 64 KiB, so that it is one write.
 *
 * @param type of what is counted, such as {@code step_started}; null for what is only told
 * @param micros when it was logged; {@link Timestamps#NONE} for now
 */
record Entry(
    System.Logger.Level level,
    String component,
    @Nullable String type,
    @Nullable String message,
    @Nullable Throwable error,
    @Nullable Map<String, ? extends @Nullable Object> details,
    long micros) {
  private static final int LONGEST_TEXT = 12_000;
  private static final int LONGEST_DETAILS = 24_000;

  /** An entry about what is counted. */
  static Entry counted(String component, String type, String message, Map<String, ?> details) {
    return new Entry(
        System.Logger.Level.INFO, component, type, message, null, details, Timestamps.NONE);
  }

  /** Tells that a step or run has failed, and by what. */
  static Entry failed(@Nullable Throwable error) {
    return new Entry(
        System.Logger.Level.ERROR,
        "orchestrator",
        null,
        "failed: " + (error == null ? "null" : StackLines.head(error)),
        error,
        null,
        Timestamps.NONE);
  }

  /** Appends it to its log; false when no file of the run took it. */
  boolean writeTo(RunFiles files, String runId, long step, long micros, Redactor redactor) {
    JsonWriter line = new JsonWriter(512).beginObject();
    line.key("timestamp").string(Timestamps.text(micros));
    line.key("level").string(level.name());
    line.key("run_id").string(runId);
    if (step != RunFolder.NO_STEP) {
      line.key("step").number(step);
    }
    line.key("component").string(component);
    if (type != null) {
      line.key("event_type").string(type);
    }
    if (message != null) {
      line.key("message").string(cut(message));
    }
    if (error != null) {
      line.key("error_type").string(error.getClass().getName());
      line.key("stack").string(cut(StackLines.of(error)));
    }
    if (details != null && !details.isEmpty()) {
      int before = line.length();
      line.key("details").value(plain(details));
      if (line.length() - before > LONGEST_DETAILS) {
        int bytes = line.length() - before;
        line.truncate(before).key("omitted_details_bytes").number(bytes);
      }
    }
    line.endObject();
    RedactionBuffer redacted = new RedactionBuffer();
    byte[] bytes = line.bytes();
    int length = line.length();
    if (redactor.redact(bytes, 0, length, redacted)) {
      bytes = redacted.array();
      length = redacted.length();
    }
    byte[] whole = java.util.Arrays.copyOf(bytes, length + 1);
    whole[length] = '\n';
    return files.append(step, component, whole, whole.length);
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_TEXT
        ? text
        : text.substring(0, LONGEST_TEXT) + " [" + (text.length() - LONGEST_TEXT) + " more]";
  }

  /** Values of the host that are no JSON are told by their text. */
  private static Map<String, @Nullable Object> plain(Map<String, ? extends @Nullable Object> all) {
    Map<String, @Nullable Object> plain = new java.util.LinkedHashMap<>();
    all.forEach((key, value) -> plain.put(String.valueOf(key), plainValue(value, 0)));
    return plain;
  }

  private static @Nullable Object plainValue(@Nullable Object value, int depth) {
    if (value == null || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Long || value instanceof Integer || value instanceof Double) {
      return value;
    }
    if (value instanceof Short || value instanceof Byte) {
      return ((Number) value).longValue();
    }
    if (value instanceof Float number) {
      return number.doubleValue();
    }
    if (depth < 8 && value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new java.util.LinkedHashMap<>();
      map.forEach((key, each) -> plain.put(String.valueOf(key), plainValue(each, depth + 1)));
      return plain;
    }
    if (depth < 8 && value instanceof Iterable<?> values) {
      java.util.List<@Nullable Object> plain = new java.util.ArrayList<>();
      values.forEach(each -> plain.add(plainValue(each, depth + 1)));
      return plain;
    }
    return cut(text(value));
  }

  private static String text(Object value) {
    try {
      return String.valueOf(value);
    } catch (Throwable e) {
      return "[unreadable: " + value.getClass().getName().toLowerCase(Locale.ROOT) + "]";
    }
  }
}
