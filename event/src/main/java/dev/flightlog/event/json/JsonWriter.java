package dev.flightlog.event.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Appends JSON to a growing byte array. Commas are put where they belong; whatever is written, the
 * result is one line of valid UTF-8: control characters, DEL, the C1 range and the two Unicode line
 * separators are escaped, and a lone surrogate becomes U+FFFD.
 *
 * <p>Not safe for several threads. Reuse one instance with {@link #clear()}: it allocates only to
 * grow.
 */
public final class JsonWriter {
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  /** 0: as it is; 1: as a unicode escape; anything else: the letter after a backslash. */
  private static final byte[] ESCAPE = new byte[128];

  static {
    Arrays.fill(ESCAPE, 0, 32, (byte) 1);
    ESCAPE[127] = 1;
    ESCAPE['"'] = '"';
    ESCAPE['\\'] = '\\';
    ESCAPE['\n'] = 'n';
    ESCAPE['\r'] = 'r';
    ESCAPE['\t'] = 't';
  }

  private byte[] bytes;
  private int length;
  private boolean comma;

  public JsonWriter() {
    this(512);
  }

  public JsonWriter(int capacity) {
    bytes = new byte[Math.max(capacity, 16)];
  }

  /** The array that holds the text from 0 to {@link #length()}; another one after growing. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public JsonWriter clear() {
    length = 0;
    comma = false;
    return this;
  }

  /** Goes back to an earlier length, at which a value had just ended. */
  public JsonWriter truncate(int earlier) {
    length = earlier;
    comma = earlier > 0;
    return this;
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  public JsonWriter beginObject() {
    return open('{');
  }

  public JsonWriter endObject() {
    return close('}');
  }

  public JsonWriter beginArray() {
    return open('[');
  }

  public JsonWriter endArray() {
    return close(']');
  }

  /** The key of the next value. */
  public JsonWriter key(CharSequence name) {
    separate();
    quoted(name, 0, name.length());
    append(':');
    comma = false;
    return this;
  }

  /** A key that is already quoted, escaped, and followed by its colon. */
  public JsonWriter rawKey(byte[] quotedWithColon) {
    separate();
    appendRaw(quotedWithColon, 0, quotedWithColon.length);
    comma = false;
    return this;
  }

  public JsonWriter string(CharSequence value) {
    return string(value, 0, value.length());
  }

  public JsonWriter string(CharSequence value, int from, int to) {
    separate();
    quoted(value, from, to);
    comma = true;
    return this;
  }

  /** A text that is valid UTF-8. */
  public JsonWriter string(byte[] utf8, int from, int to) {
    separate();
    int plain = from;
    while (plain < to && utf8[plain] >= 0 && ESCAPE[utf8[plain]] == 0) {
      plain++;
    }
    if (plain == to) {
      ensure(to - from + 2);
      bytes[length++] = '"';
      System.arraycopy(utf8, from, bytes, length, to - from);
      length += to - from;
      bytes[length++] = '"';
    } else {
      String text = new String(utf8, from, to - from, StandardCharsets.UTF_8);
      quoted(text, 0, text.length());
    }
    comma = true;
    return this;
  }

  public JsonWriter number(long value) {
    separate();
    appendLong(value);
    comma = true;
    return this;
  }

  /** A number that JSON cannot hold (not a number, infinite) is written as null. */
  public JsonWriter number(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return nullValue();
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return number((long) value).fraction();
    }
    return ascii(Double.toString(value));
  }

  private JsonWriter fraction() {
    ensure(2);
    bytes[length++] = '.';
    bytes[length++] = '0';
    return this;
  }

  public JsonWriter bool(boolean value) {
    return ascii(value ? "true" : "false");
  }

  public JsonWriter nullValue() {
    return ascii("null");
  }

  /** A whole JSON value, already encoded. */
  public JsonWriter raw(byte[] json, int from, int to) {
    separate();
    appendRaw(json, from, to - from);
    comma = true;
    return this;
  }

  /** A whole JSON value, already encoded. */
  public JsonWriter raw(String json) {
    byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
    return raw(utf8, 0, utf8.length);
  }

  /** Any value made of maps, lists, text, numbers and booleans; another object as its text. */
  public JsonWriter value(@Nullable Object value) {
    return value(value, 0);
  }

  private JsonWriter value(@Nullable Object value, int depth) {
    if (value == null) {
      return nullValue();
    } else if (value instanceof CharSequence text) {
      return string(text);
    } else if (value instanceof Boolean flag) {
      return bool(flag);
    } else if (value instanceof Double || value instanceof Float) {
      return number(((Number) value).doubleValue());
    } else if (value instanceof Long
        || value instanceof Integer
        || value instanceof Short
        || value instanceof Byte) {
      return number(((Number) value).longValue());
    } else if (value instanceof JsonNumber
        || value instanceof java.math.BigDecimal
        || value instanceof java.math.BigInteger) {
      return ascii(value.toString());
    } else if (depth >= JsonReader.MAX_DEPTH) {
      return string("[nested deeper than " + JsonReader.MAX_DEPTH + "]");
    } else if (value instanceof Map<?, ?> map) {
      beginObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        key(String.valueOf(entry.getKey()));
        value(entry.getValue(), depth + 1);
      }
      return endObject();
    } else if (value instanceof List<?> list) {
      beginArray();
      for (Object element : list) {
        value(element, depth + 1);
      }
      return endArray();
    } else if (value instanceof Object[] array) {
      return value(Arrays.asList(array), depth);
    }
    return string(String.valueOf(value));
  }

  /** One byte as it is, outside of any value: a line feed, for instance. */
  public JsonWriter append(char ascii) {
    ensure(1);
    bytes[length++] = (byte) ascii;
    return this;
  }

  /** Bytes as they are, outside of any value. */
  public void appendRaw(byte[] source, int from, int count) {
    ensure(count);
    System.arraycopy(source, from, bytes, length, count);
    length += count;
  }

  /** Makes room for {@code count} bytes and answers where they begin; the caller fills them. */
  public int reserve(int count) {
    ensure(count);
    int at = length;
    length += count;
    return at;
  }

  private JsonWriter ascii(String text) {
    separate();
    int count = text.length();
    ensure(count);
    for (int i = 0; i < count; i++) {
      bytes[length + i] = (byte) text.charAt(i);
    }
    length += count;
    comma = true;
    return this;
  }

  private JsonWriter open(char bracket) {
    separate();
    append(bracket);
    comma = false;
    return this;
  }

  private JsonWriter close(char bracket) {
    append(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      append(',');
    }
  }

  private void ensure(int more) {
    int needed = length + more;
    if (needed > bytes.length || needed < 0) {
      if (needed < 0) {
        throw new OutOfMemoryError("a JSON text is limited to 2 GiB");
      }
      bytes =
          Arrays.copyOf(
              bytes, Math.max(needed, (int) Math.min(bytes.length * 2L, Integer.MAX_VALUE - 8)));
    }
  }

  private void appendLong(long value) {
    if (value == Long.MIN_VALUE) {
      byte[] text = Long.toString(value).getBytes(StandardCharsets.US_ASCII);
      appendRaw(text, 0, text.length);
      return;
    }
    ensure(20);
    long rest = Math.abs(value);
    if (value < 0) {
      bytes[length++] = '-';
    }
    int digits = 1;
    for (long limit = 10; digits < 19 && rest >= limit; limit *= 10) {
      digits++;
    }
    int at = length + digits;
    length = at;
    do {
      bytes[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
  }

  private void quoted(CharSequence text, int from, int to) {
    if (text instanceof String string) {
      quoted(string, from, to);
    } else {
      quoted(text.subSequence(from, to).toString(), 0, to - from);
    }
  }

  private void quoted(String text, int from, int to) {
    ensure(to - from + 2);
    byte[] out = bytes;
    int at = length;
    out[at++] = '"';
    int i = from;
    for (; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 128 || ESCAPE[c] != 0) {
        break;
      }
      out[at++] = (byte) c;
    }
    length = at;
    if (i < to) {
      quotedSlowly(text, i, to);
    }
    append('"');
  }

  private void quotedSlowly(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      ensure(6);
      char c = text.charAt(i);
      if (c < 128) {
        byte escape = ESCAPE[c];
        if (escape == 0) {
          bytes[length++] = (byte) c;
        } else if (escape == 1) {
          unicodeEscape(c);
        } else {
          bytes[length++] = '\\';
          bytes[length++] = escape;
        }
      } else if (c < 0x800) {
        if (c < 0xa0) {
          unicodeEscape(c);
        } else {
          bytes[length++] = (byte) (0xc0 | c >> 6);
          bytes[length++] = (byte) (0x80 | c & 0x3f);
        }
      } else if (c == 0x2028 || c == 0x2029) {
        unicodeEscape(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < to
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        int codePoint = Character.toCodePoint(c, text.charAt(++i));
        bytes[length++] = (byte) (0xf0 | codePoint >> 18);
        bytes[length++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        bytes[length++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        bytes[length++] = (byte) (0x80 | codePoint & 0x3f);
      } else {
        int unit = Character.isSurrogate(c) ? 0xfffd : c;
        bytes[length++] = (byte) (0xe0 | unit >> 12);
        bytes[length++] = (byte) (0x80 | unit >> 6 & 0x3f);
        bytes[length++] = (byte) (0x80 | unit & 0x3f);
      }
    }
  }

  private void unicodeEscape(char c) {
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    bytes[length++] = HEX[c >> 12];
    bytes[length++] = HEX[c >> 8 & 15];
    bytes[length++] = HEX[c >> 4 & 15];
    bytes[length++] = HEX[c & 15];
  }
}
