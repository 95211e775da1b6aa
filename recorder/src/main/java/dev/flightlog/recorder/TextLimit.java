package dev.flightlog.recorder;

import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import java.util.Arrays;
import java.util.Set;

/**
 * Cuts long texts to their head and tail, with a note of how much is missing in between. A text is
 * redacted before it is cut, so that no half of a secret remains where it was cut.
 *
 * <p>Stateless; any thread.
 */
final class TextLimit {
  /** UTF-8 bytes of a text in a line. */
  static final int FULL_BYTES = 64 * 1024;

  private static final int HEAD_BYTES = 1024;
  private static final int LABEL_BYTES = 4096;
  private static final int KEY_CHARACTERS = 256;
  private static final int NOTE_BYTES = 64;
  private static final int WINDOW = 512 * 1024;

  private static final Set<String> LABELS =
      Set.of(
          "tool",
          "model",
          "error_type",
          "provider",
          "status",
          "from_agent",
          "to_agent",
          "thread",
          "stack",
          "event_type");

  private final Redactor redactor;
  private final Content content;

  TextLimit(Redactor redactor, Content content) {
    this.redactor = redactor;
    this.content = content;
  }

  boolean keepsContent() {
    return content != Content.NONE;
  }

  /** A text of a field that says who or what. */
  String label(String text) {
    return fit(text, LABEL_BYTES);
  }

  /** A key of the details, cut when it is long. */
  static String key(String key) {
    if (key.length() <= KEY_CHARACTERS) {
      return key;
    }
    int cut = key.length() - KEY_CHARACTERS;
    return key.substring(0, KEY_CHARACTERS) + " [… " + cut + " characters cut …]";
  }

  /** A text of the details, under this key. */
  String detail(String key, String text) {
    return switch (content) {
      case FULL -> fit(text, FULL_BYTES);
      case HEAD -> fit(text, LABELS.contains(key) ? LABEL_BYTES : HEAD_BYTES);
      case NONE ->
          LABELS.contains(key)
              ? fit(text, FULL_BYTES)
              : "[not kept: " + text.length() + " characters]";
    };
  }

  /** One text member of a line, {@code "key":"text"}, bounded and redacted. */
  byte[] member(Field field, String text) {
    return members(new JsonWriter().rawKey(Keys.of(field)).string(label(text)));
  }

  /** Members of an object, redacted. */
  byte[] members(JsonWriter members) {
    JsonWriter object = new JsonWriter().append('{');
    object.appendRaw(members.bytes(), 0, members.length());
    object.append('}');
    RedactionBuffer redacted = new RedactionBuffer();
    return redactor.redact(object.bytes(), 0, object.length(), redacted)
        ? Arrays.copyOfRange(redacted.array(), 1, redacted.length() - 1)
        : members.toByteArray();
  }

  private String fit(String text, int bytes) {
    if (text.length() <= bytes / 3 || utf8Length(text, bytes) <= bytes) {
      return text;
    }
    if (text.length() <= WINDOW) {
      String redacted = redactor.redact(text);
      if (utf8Length(redacted, bytes) <= bytes) {
        return redacted;
      }
    }
    String from = text.substring(0, Math.min(text.length(), WINDOW));
    String until = text.substring(Math.max(0, text.length() - WINDOW));
    String head = head(redactor.redact(from), (bytes - NOTE_BYTES) * 3 / 4);
    String tail = tail(redactor.redact(until), (bytes - NOTE_BYTES) / 4);
    int cut = Math.max(text.length() - head.length() - tail.length(), 1);
    return head + " [… " + cut + " characters cut …] " + tail;
  }

  /** The length in UTF-8, or any larger number than the limit when it is beyond. */
  private static int utf8Length(String text, int limit) {
    int length = 0;
    for (int i = 0; i < text.length() && length <= limit; i++) {
      length += width(text.charAt(i));
    }
    return length;
  }

  private static int width(char c) {
    if (c < 0x80) {
      return 1;
    }
    // Two for each half of a pair that together takes four; a lone half becomes three.
    return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
  }

  private static String head(String text, int bytes) {
    int end = 0;
    for (int used = 0; end < text.length(); end++) {
      used += width(text.charAt(end));
      if (used > bytes) {
        break;
      }
    }
    boolean splits = end > 0 && Character.isHighSurrogate(text.charAt(end - 1));
    return text.substring(0, splits ? end - 1 : end);
  }

  private static String tail(String text, int bytes) {
    int start = text.length();
    for (int used = 0; start > 0; start--) {
      used += width(text.charAt(start - 1));
      if (used > bytes) {
        break;
      }
    }
    boolean splits = start < text.length() && Character.isLowSurrogate(text.charAt(start));
    return text.substring(splits ? start + 1 : start);
  }
}
