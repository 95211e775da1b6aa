package dev.flightlog.runs;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.runs.files.RunFiles;
import dev.flightlog.runs.files.RunFolder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Encodes and redacts the usual entry once, for its line and for its event. Usual is what both
 * write alike: a message, details of texts, numbers and flags, short enough, no error, no secret.
 * For one thread at a time; they are pooled.
 */
final class EntryEncoder {
  private static final int LONGEST_TEXT = 4_000;
  private static final int LONGEST_KEY = 256;
  private static final int LONGEST = 24_000;
  private static final int MOST_DEPTH = 4;
  private static final int POOLED = 64;

  /** What an event adds to the details of a line, or makes fields of. */
  private static final List<String> OF_THE_EVENT =
      List.of("level", "message", "framework", "input_tokens", "output_tokens");

  private static final byte[] TIMESTAMP = ascii("{\"timestamp\":\"");
  private static final byte[] LEVEL = ascii("\",\"level\":\"");
  private static final byte[] STEP = ascii(",\"step\":");
  private static final byte[] MESSAGE = ascii(",\"message\":");
  private static final byte[] DETAILS = ascii(",\"details\":{");
  private static final byte[] END = ascii("}}\n");
  private static final byte[] END_WITHOUT_DETAILS = ascii("}\n");

  private static final AtomicReferenceArray<EntryEncoder> POOL = new AtomicReferenceArray<>(POOLED);

  private final JsonWriter details = new JsonWriter(1024);
  private final JsonWriter line = new JsonWriter(1024);
  private final RedactionBuffer redacted = new RedactionBuffer();
  private int detailsEnd;
  private int messageFrom;
  private int messageTo;

  private EntryEncoder() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** A member of an object, redacted, behind a comma. */
  static byte[] member(String key, String value, Redactor redactor) {
    JsonWriter object = new JsonWriter().beginObject().key(key).string(value).endObject();
    RedactionBuffer redacted = new RedactionBuffer();
    byte[] bytes = object.bytes();
    int length = object.length();
    if (redactor.redact(bytes, 0, length, redacted)) {
      bytes = redacted.array();
      length = redacted.length();
    }
    byte[] member = Arrays.copyOf(bytes, length - 1);
    member[0] = ',';
    return member;
  }

  static EntryEncoder take() {
    EntryEncoder pooled = POOL.getAndSet(slot(), null);
    return pooled == null ? new EntryEncoder() : pooled;
  }

  void giveBack() {
    POOL.set(slot(), this);
  }

  @SuppressWarnings("deprecation") // Java 17 has no threadId()
  private static int slot() {
    return (int) Thread.currentThread().getId() & (POOLED - 1);
  }

  /**
   * Encodes the details of the entry's event.
   *
   * @return false when the entry is not a usual one; then it has to be encoded otherwise
   */
  boolean encode(Entry entry, String framework, Redactor redactor) {
    String message = entry.message();
    if (entry.type() != null || entry.error() != null || message == null || !isShort(message)) {
      return false;
    }
    JsonWriter out = details.clear().beginObject();
    if (entry.details() != null && !members(entry.details(), out, 0)) {
      return false;
    }
    detailsEnd = out.length();
    out.key("level").string(entry.level().name()).key("message");
    messageFrom = out.length();
    out.string(message);
    messageTo = out.length();
    out.key("framework").string(framework).endObject();
    return out.length() <= LONGEST && !redactor.redact(out.bytes(), 0, out.length(), redacted);
  }

  private static boolean isShort(String text) {
    return text.length() <= LONGEST_TEXT;
  }

  private static boolean members(Map<?, ?> all, JsonWriter out, int depth) {
    for (Map.Entry<?, ?> each : all.entrySet()) {
      if (!(each.getKey() instanceof String key)
          || key.length() > LONGEST_KEY
          || (depth == 0 && OF_THE_EVENT.contains(key))) {
        return false;
      }
      out.key(key);
      if (out.length() > LONGEST || !value(each.getValue(), out, depth)) {
        return false;
      }
    }
    return true;
  }

  private static boolean value(@Nullable Object value, JsonWriter out, int depth) {
    if (value instanceof String text) {
      out.string(text);
      return isShort(text);
    }
    if (value instanceof Long || value instanceof Integer) {
      out.number(((Number) value).longValue());
      return true;
    }
    if (value instanceof Boolean flag) {
      out.bool(flag);
      return true;
    }
    if (value instanceof Double number) {
      out.number(number);
      return true;
    }
    if (depth == MOST_DEPTH || out.length() > LONGEST) {
      return false;
    }
    if (value instanceof Map<?, ?> map) {
      boolean whole = members(map, out.beginObject(), depth + 1);
      out.endObject();
      return whole;
    }
    if (value instanceof List<?> list) {
      out.beginArray();
      for (Object each : list) {
        if (!value(each, out, depth + 1)) {
          return false;
        }
      }
      out.endArray();
      return true;
    }
    return false;
  }

  /** One object of JSON, from 0 to {@link #detailsLength}. */
  byte[] details() {
    return details.bytes();
  }

  int detailsLength() {
    return details.length();
  }

  /**
   * Appends the entry to its log.
   *
   * @param run the member {@code ,"run_id":"…"}, redacted
   * @param component the member {@code ,"component":"…"}, redacted
   */
  boolean writeTo(
      RunFiles files, Entry entry, long step, long micros, byte[] run, byte[] component) {
    JsonWriter out = line.clear();
    out.appendRaw(TIMESTAMP, 0, TIMESTAMP.length);
    int at = out.reserve(Timestamps.TEXT_LENGTH);
    Timestamps.write(micros, out.bytes(), at);
    out.appendRaw(LEVEL, 0, LEVEL.length);
    String level = entry.level().name();
    for (int i = 0; i < level.length(); i++) {
      out.append(level.charAt(i));
    }
    out.append('"');
    out.appendRaw(run, 0, run.length);
    if (step != RunFolder.NO_STEP) {
      out.appendRaw(STEP, 0, STEP.length);
      out.number(step);
    }
    out.appendRaw(component, 0, component.length);
    out.appendRaw(MESSAGE, 0, MESSAGE.length);
    byte[] encoded = details.bytes();
    out.appendRaw(encoded, messageFrom, messageTo - messageFrom);
    if (detailsEnd > 1) {
      out.appendRaw(DETAILS, 0, DETAILS.length);
      out.appendRaw(encoded, 1, detailsEnd - 1);
      out.appendRaw(END, 0, END.length);
    } else {
      out.appendRaw(END_WITHOUT_DETAILS, 0, END_WITHOUT_DETAILS.length);
    }
    return files.append(step, entry.component(), out.bytes(), out.length());
  }
}
