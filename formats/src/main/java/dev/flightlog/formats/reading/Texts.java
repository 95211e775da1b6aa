package dev.flightlog.formats.reading;

import dev.flightlog.event.files.Lines;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonText;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Texts on their way into the index: first redacted as a whole, so that no secret escapes by being
 * cut in two, then cut to head and tail. Names (sessions, tools, branches) are remembered, because
 * the same few come again on every line.
 *
 * <p>Not thread-safe: one a reader.
 */
public final class Texts {
  /** The most bytes a name may have; the rest is dropped. */
  private static final int NAME_BYTES = 512;

  private static final int NAMES = 256;

  private final Redactor redactor;
  private final int kept;
  private final RedactionBuffer redacted = new RedactionBuffer();
  private final JsonReader copied = new JsonReader();
  private final byte[][] knownBytes = new byte[NAMES][];
  private final @Nullable String[] knownNames = new String[NAMES];
  private boolean cut;

  /**
   * @param kept bytes kept of head and of tail; 0 keeps nothing of any content
   */
  public Texts(Redactor redactor, int kept) {
    this.redactor = redactor;
    this.kept = kept;
    Arrays.fill(knownBytes, new byte[0]);
  }

  /** False when no content may be kept at all. */
  public boolean keepsContent() {
    return kept > 0;
  }

  /** True when something was cut since the last call. */
  public boolean takeCut() {
    boolean was = cut;
    cut = false;
    return was;
  }

  /** A short text of the object, redacted; null when it is absent or empty. */
  public @Nullable String name(JsonField field) {
    if (!field.isString()) {
      return null;
    }
    int from = field.from() + 1;
    int to = field.to() - 1;
    if (from == to) {
      return null;
    }
    byte[] bytes = field.bytes();
    int slot =
        ((to - from) * 31 + bytes[from] * 7 + bytes[to - 1] * 13 + bytes[(from + to) >> 1] * 3)
            & (NAMES - 1);
    String known = knownNames[slot];
    if (known != null
        && Arrays.equals(knownBytes[slot], 0, knownBytes[slot].length, bytes, from, to)) {
      return known;
    }
    String name = name(JsonText.unescape(bytes, from, to));
    if (name != null) {
      knownBytes[slot] = Arrays.copyOfRange(bytes, from, to);
      knownNames[slot] = name;
    }
    return name;
  }

  /** A short text, redacted and bounded; null for nothing. */
  public @Nullable String name(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String clean = redactor.redact(text);
    return clean.length() <= NAME_BYTES ? clean : clean.substring(0, NAME_BYTES);
  }

  /** Appends any JSON value, redacted, its long texts cut. */
  public void value(JsonWriter out, byte[] bytes, int from, int to) {
    if (redactor.redact(bytes, from, to, redacted)) {
      cutValue(out, redacted.array(), 0, redacted.length());
    } else {
      cutValue(out, bytes, from, to);
    }
  }

  /** Appends a text as a JSON string, redacted and cut. */
  public void text(JsonWriter out, String text) {
    JsonWriter encoded = new JsonWriter(text.length() + 16).string(text);
    value(out, encoded.bytes(), 0, encoded.length());
  }

  /** The first characters of a JSON string, redacted and decoded. */
  public String head(byte[] bytes, int from, int to, int most) {
    byte[] source = bytes;
    int start = from;
    int end = to;
    if (redactor.redact(bytes, from, to, redacted)) {
      source = redacted.array();
      start = 0;
      end = redacted.length();
    }
    int stop = end - 1 - (start + 1) > most ? headEnd(source, start + 1, most) : end - 1;
    return JsonText.unescape(source, start + 1, stop);
  }

  /** The first characters of a text, redacted as a whole. */
  public String clean(String text, int most) {
    String clean = redactor.redact(text);
    return clean.length() <= most ? clean : clean.substring(0, most);
  }

  private void cutValue(JsonWriter out, byte[] bytes, int from, int to) {
    if (to - from <= 2L * kept && bytes[from] != '"' && isOneLine(bytes, from, to)) {
      raw(out, bytes, from, to);
    } else if (bytes[from] == '"') {
      string(out, bytes, from, to);
    } else {
      copied.reset(bytes, from, to);
      copy(out, out.length() + 16 * (long) kept);
    }
  }

  /** False for JSON that was laid out over several lines. */
  private static boolean isOneLine(byte[] bytes, int from, int to) {
    return Lines.end(bytes, from, to) == to;
  }

  /** Copies the next value; behind the budget, texts and members are left out. */
  private void copy(JsonWriter out, long budget) {
    switch (copied.peek()) {
      case OBJECT -> {
        out.beginObject();
        copied.enterObject();
        while (copied.nextKey()) {
          if (out.length() > budget) {
            cut = true;
            copied.skip();
          } else {
            out.key(copied.key());
            copy(out, budget);
          }
        }
        out.endObject();
      }
      case ARRAY -> {
        out.beginArray();
        copied.enterArray();
        while (copied.nextElement()) {
          if (out.length() > budget) {
            cut = true;
            copied.skip();
          } else {
            copy(out, budget);
          }
        }
        out.endArray();
      }
      case STRING -> {
        copied.peek();
        int start = copied.position();
        copied.scanString();
        string(out, copied.bytes(), start, copied.position());
      }
      default -> {
        copied.skip();
        out.raw(copied.bytes(), copied.start(), copied.end());
      }
    }
  }

  private void string(JsonWriter out, byte[] bytes, int from, int to) {
    if (to - from <= 2L * kept + 64) {
      raw(out, bytes, from, to);
      return;
    }
    cut = true;
    int headEnd = headEnd(bytes, from + 1, kept);
    int tailStart = tailStart(bytes, to - 1 - kept, to - 1);
    byte[] mark =
        ("\u2026[" + (tailStart - headEnd) + " bytes cut]\u2026").getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[headEnd - from + mark.length + to - tailStart];
    System.arraycopy(bytes, from, text, 0, headEnd - from);
    System.arraycopy(mark, 0, text, headEnd - from, mark.length);
    System.arraycopy(bytes, tailStart, text, headEnd - from + mark.length, to - tailStart);
    raw(out, text, 0, text.length);
  }

  /** Appends encoded JSON; what is not UTF-8 in it is replaced. */
  private static void raw(JsonWriter out, byte[] bytes, int from, int to) {
    if (Utf8.isValid(bytes, from, to)) {
      out.raw(bytes, from, to);
    } else {
      out.raw(new String(bytes, from, to - from, StandardCharsets.UTF_8));
    }
  }

  /** The end of a head of about that length: behind a whole escape and a whole character. */
  private static int headEnd(byte[] bytes, int from, int length) {
    int i = from;
    int limit = from + length;
    while (i < limit) {
      i += bytes[i] != '\\' ? 1 : bytes[i + 1] == 'u' ? 6 : 2;
    }
    while ((bytes[i] & 0xc0) == 0x80) {
      i++;
    }
    return i;
  }

  /** The start of a tail: at a character, and surely outside an escape. */
  private static int tailStart(byte[] bytes, int from, int to) {
    int plain = 0;
    for (int i = from; i < to; i++) {
      if (plain >= 6 && (bytes[i] & 0xc0) != 0x80) {
        return i;
      }
      plain = bytes[i] == '\\' ? 0 : plain + 1;
    }
    return to;
  }
}
