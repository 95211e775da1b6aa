package dev.flightlog.formats;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.event.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the wanted values of one JSON object lie, found in a single pass and without a copy. A key
 * is named by its place in the list given to the constructor; an object or an array of objects
 * under a key is walked in the same pass when a child was declared for it.
 *
 * <p>A reader looks at a whole line this way before it emits anything, so a line that turns out to
 * be damaged leaves no trace. Valid until the next {@link #read}; not thread-safe.
 */
final class Slices {
  private static final byte[] NO_BYTES = new byte[0];

  private final byte[][] names;
  private final int[] table;
  private final int[] from;
  private final int[] to;
  private final @Nullable Slices[] children;
  private final @Nullable Elements[] lists;
  private final JsonReader single = new JsonReader();
  private byte[] bytes = NO_BYTES;
  private int start;

  Slices(String... keys) {
    names = new byte[keys.length][];
    from = new int[keys.length];
    to = new int[keys.length];
    children = new Slices[keys.length];
    lists = new Elements[keys.length];
    int size = Integer.highestOneBit(Math.max(keys.length, 4)) * 4;
    table = new int[size];
    Arrays.fill(table, -1);
    for (int i = 0; i < keys.length; i++) {
      names[i] = keys[i].getBytes(StandardCharsets.US_ASCII);
      int slot = hash(names[i], 0, names[i].length) & (size - 1);
      while (table[slot] >= 0) {
        slot = (slot + 1) & (size - 1);
      }
      table[slot] = i;
    }
    clear();
  }

  /** Declares that an object under this key is walked too. */
  Slices with(int key, Slices child) {
    children[key] = child;
    return this;
  }

  /** Declares that the objects of an array under this key are walked too. */
  Slices with(int key, Elements elements) {
    lists[key] = elements;
    return this;
  }

  /** Walks the object at which the reader stands. */
  void read(JsonReader reader) {
    clear();
    bytes = reader.bytes();
    start = reader.position();
    reader.enterObject();
    while (reader.nextKey()) {
      int key = find(reader.keyStart(), reader.keyEnd());
      if (key < 0) {
        reader.skip();
        continue;
      }
      Token token = reader.peek();
      int start = reader.position();
      Slices child = children[key];
      Elements list = lists[key];
      if (child != null && token == Token.OBJECT) {
        child.read(reader);
      } else if (list != null && token == Token.ARRAY) {
        list.read(reader);
      } else {
        reader.skip();
      }
      from[key] = start;
      to[key] = reader.position();
    }
  }

  /** Forgets everything, in the children too. */
  void clear() {
    Arrays.fill(from, -1);
    for (int i = 0; i < children.length; i++) {
      Slices child = children[i];
      if (child != null) {
        child.clear();
      }
      Elements list = lists[i];
      if (list != null) {
        list.clear();
      }
    }
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where the reader stood when the object was read. */
  int lineStart() {
    return start;
  }

  /** True when the key is there with any value but null. */
  boolean has(int key) {
    return from[key] >= 0 && bytes[from[key]] != 'n';
  }

  /** The index of the first byte of the value. */
  int from(int key) {
    return from[key];
  }

  /** The index behind the value. */
  int to(int key) {
    return to[key];
  }

  boolean isString(int key) {
    return from[key] >= 0 && bytes[from[key]] == '"';
  }

  boolean isObject(int key) {
    return from[key] >= 0 && bytes[from[key]] == '{';
  }

  boolean isArray(int key) {
    return from[key] >= 0 && bytes[from[key]] == '[';
  }

  boolean isTrue(int key) {
    return from[key] >= 0 && bytes[from[key]] == 't';
  }

  boolean isNumber(int key) {
    return from[key] >= 0 && (bytes[from[key]] == '-' || Character.isDigit(bytes[from[key]]));
  }

  /** True when the value is the string with exactly this ASCII text, unescaped. */
  boolean is(int key, String text) {
    int length = text.length();
    if (!isString(key) || to[key] - from[key] - 2 != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[from[key] + 1 + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The text of a string that is there and not empty, or null. */
  @Nullable String string(int key) {
    if (!isString(key) || to[key] - from[key] == 2) {
      return null;
    }
    return JsonText.unescape(bytes, from[key] + 1, to[key] - 1);
  }

  /** The whole part of a number, or {@code otherwise} when there is none. */
  long integer(int key, long otherwise) {
    return isNumber(key) ? single.reset(bytes, from[key], to[key]).integer(otherwise) : otherwise;
  }

  /** A number, or {@code otherwise} when there is none. */
  double real(int key, double otherwise) {
    return isNumber(key) ? single.reset(bytes, from[key], to[key]).real(otherwise) : otherwise;
  }

  /** The value as maps, lists and scalars, or null. */
  @Nullable Object value(int key) {
    return has(key) ? new JsonReader().reset(bytes, from[key], to[key]).value() : null;
  }

  private int find(int keyFrom, int keyTo) {
    int mask = table.length - 1;
    for (int slot = hash(bytes, keyFrom, keyTo) & mask;
        table[slot] >= 0;
        slot = (slot + 1) & mask) {
      byte[] name = names[table[slot]];
      if (Arrays.equals(name, 0, name.length, bytes, keyFrom, keyTo)) {
        return table[slot];
      }
    }
    return -1;
  }

  private static int hash(byte[] name, int from, int to) {
    int length = to - from;
    return length == 0
        ? 0
        : length * 31 + name[from] * 7 + name[to - 1] * 13 + name[from + (length >> 1)] * 3;
  }
}
