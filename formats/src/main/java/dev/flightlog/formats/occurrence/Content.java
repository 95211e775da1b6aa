package dev.flightlog.formats.occurrence;

import dev.flightlog.event.json.JsonText;
import dev.flightlog.event.json.JsonWriter;
import org.jspecify.annotations.Nullable;

/**
 * What was given or said: one JSON value, not yet redacted or cut. The bytes are lent for the call
 * in which it is handed over.
 */
public record Content(byte[] bytes, int from, int to) {
  /** Nothing. */
  public static final Content NONE = new Content(new byte[0], 0, 0);

  /** A text. */
  public static Content text(@Nullable String text) {
    return text == null ? NONE : of(new JsonWriter(text.length() + 16).string(text));
  }

  /** What was written; the writer must not be used again before this is read. */
  public static Content of(JsonWriter json) {
    return new Content(json.bytes(), 0, json.length());
  }

  /** A value of maps, lists and scalars. */
  public static Content value(@Nullable Object value) {
    return value == null ? NONE : of(new JsonWriter().value(value));
  }

  /** True for nothing at all. */
  public boolean isEmpty() {
    return from >= to;
  }

  /** The text of a JSON string, else the JSON itself. */
  public String text() {
    return isEmpty()
        ? ""
        : bytes[from] == '"'
            ? JsonText.unescape(bytes, from + 1, to - 1)
            : new String(bytes, from, to - from, java.nio.charset.StandardCharsets.UTF_8);
  }
}
