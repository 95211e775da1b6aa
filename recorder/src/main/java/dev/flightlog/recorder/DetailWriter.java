package dev.flightlog.recorder;

import dev.flightlog.event.json.JsonWriter;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The details of one event while it is built: encoded as they come, bounded in length, depth and
 * text, whatever the host's objects are or throw. A key that comes again replaces its value.
 */
final class DetailWriter {
  /** Bytes of all details together; what comes after is counted and left out. */
  static final int MOST_BYTES = 1 << 20;

  /** More keys than these are counted and left out. */
  private static final int MOST_KEYS = 4096;

  private static final int MOST_DEPTH = 32;
  private static final int USUAL_BYTES = 64 * 1024;

  private JsonWriter out = new JsonWriter(1024);
  private String[] keys = new String[16];
  private int[] starts = new int[16];
  private int count;
  private int leftOut;
  private boolean writing;
  private boolean refused;

  void clear() {
    writing = false;
    refused = false;
    if (out.bytes().length > USUAL_BYTES) {
      out = new JsonWriter(1024);
    }
    out.clear();
    count = 0;
    leftOut = 0;
  }

  boolean isEmpty() {
    return count == 0 && leftOut == 0;
  }

  /** Writes the members, without their braces, after which nothing may be added. */
  JsonWriter members() {
    if (leftOut > 0) {
      out.key("details_left_out").number(leftOut);
      leftOut = 0;
    }
    return out;
  }

  /** Whether an object of the host's is being written at this moment. */
  boolean isWriting() {
    return writing;
  }

  private boolean begin(@Nullable String givenKey) {
    if (out.length() > MOST_BYTES || count == MOST_KEYS || writing) {
      leftOut++;
      return false;
    }
    String key = key(givenKey == null ? "null" : givenKey);
    if (refused) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      if (keys[i].equals(key)) {
        remove(i);
        break;
      }
    }
    if (count == keys.length) {
      keys = Arrays.copyOf(keys, count * 2);
      starts = Arrays.copyOf(starts, count * 2);
    }
    starts[count] = out.length();
    keys[count++] = key;
    out.key(key);
    return true;
  }

  private void remove(int index) {
    int from = starts[index];
    int to = index + 1 < count ? starts[index + 1] : out.length();
    byte[] bytes = out.bytes();
    // Members carry the comma before them; the first one has none.
    int gap = index == 0 && count > 1 ? 1 : 0;
    int removed = to - from + gap;
    System.arraycopy(bytes, to + gap, bytes, from, out.length() - to - gap);
    out.truncate(out.length() - removed);
    for (int i = index + 1; i < count; i++) {
      starts[i - 1] = i == 1 && index == 0 ? 0 : starts[i] - removed;
      keys[i - 1] = keys[i];
    }
    count--;
  }

  void text(@Nullable String key, String text, TextLimit bounds) {
    if (begin(key)) {
      out.string(bounds.detail(keys[count - 1], text));
    }
  }

  void number(@Nullable String key, long value) {
    if (begin(key)) {
      out.number(value);
    }
  }

  void number(@Nullable String key, double value) {
    if (begin(key)) {
      out.number(value);
    }
  }

  void flag(@Nullable String key, boolean value) {
    if (begin(key)) {
      out.bool(value);
    }
  }

  /** Any object of the host's. */
  void value(@Nullable String key, @Nullable Object value, TextLimit bounds) {
    if (value == null || !begin(key)) {
      return;
    }
    writing = true;
    try {
      write(keys[count - 1], value, bounds, 0);
    } catch (Throwable e) {
      // The member goes back to before its value, which is written as a note instead.
      HostCode.keepInterrupt(e);
      out.truncate(starts[count - 1]);
      out.key(keys[count - 1]).string("[unreadable: " + e.getClass().getName() + "]");
    } finally {
      writing = false;
    }
  }

  /** All entries of a map of the host's, each as {@link #value}. */
  void values(Map<?, ?> map, TextLimit bounds) {
    try {
      // A loop of our own, so that the compiler can do without its iterator and entries.
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        value(keyOf(entry.getKey()), entry.getValue(), bounds);
      }
    } catch (Throwable e) {
      HostCode.keepInterrupt(e);
      text("details_unreadable", e.getClass().getName(), bounds);
    }
  }

  /** A key longer than all details may be is meant by nobody: it costs its event. */
  private String key(String given) {
    refused |= given.length() > MOST_BYTES;
    return TextLimit.key(given);
  }

  /** Whether the event has a key that cannot be kept. */
  boolean isRefused() {
    return refused;
  }

  private static String keyOf(@Nullable Object key) {
    return key instanceof String text ? text : HostCode.text(key);
  }

  private void write(String key, @Nullable Object value, TextLimit limit, int depth) {
    if (value == null) {
      out.nullValue();
    } else if (value instanceof CharSequence || value instanceof Character) {
      out.string(limit.detail(key, HostCode.textOf(value)));
    } else if (value instanceof Boolean flag) {
      out.bool(flag);
    } else if (value instanceof Number number) {
      number(key, number, limit);
    } else if (depth == MOST_DEPTH) {
      out.string("[nested deeper than " + MOST_DEPTH + "]");
    } else if (value instanceof Map<?, ?> map) {
      map(map, limit, depth);
    } else if (value instanceof Iterable<?> elements && !(value instanceof java.nio.file.Path)) {
      list(key, elements, limit, depth);
    } else if (value.getClass().isArray()) {
      array(key, value, limit, depth);
    } else {
      out.string(limit.detail(key, HostCode.textOf(value)));
    }
  }

  private void number(String key, Number number, TextLimit limit) {
    if (number instanceof Double || number instanceof Float) {
      out.number(number.doubleValue());
    } else if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      out.number(number.longValue());
    } else {
      // A large number, or somebody's own kind.
      out.string(limit.detail(key, HostCode.textOf(number)));
    }
  }

  private void map(Map<?, ?> map, TextLimit bounds, int depth) {
    out.beginObject();
    int left = 0;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (out.length() > MOST_BYTES) {
        left++;
        continue;
      }
      String key = key(keyOf(entry.getKey()));
      out.key(key);
      write(key, entry.getValue(), bounds, depth + 1);
    }
    if (left > 0) {
      out.key("details_left_out").number(left);
    }
    out.endObject();
  }

  private void list(String key, Iterable<?> elements, TextLimit limit, int depth) {
    out.beginArray();
    for (Object element : elements) {
      if (out.length() > MOST_BYTES) {
        out.string("[more elements left out]");
        break;
      }
      write(key, element, limit, depth + 1);
    }
    out.endArray();
  }

  private void array(String key, Object array, TextLimit limit, int depth) {
    out.beginArray();
    for (int i = 0; i < Array.getLength(array); i++) {
      if (out.length() > MOST_BYTES) {
        out.string("[more elements left out]");
        break;
      }
      write(key, Array.get(array, i), limit, depth + 1);
    }
    out.endArray();
  }
}
