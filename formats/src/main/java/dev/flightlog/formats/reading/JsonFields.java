package dev.flightlog.formats.reading;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The wanted members of one JSON object, found in a single pass and without a copy. Declare them
 * with {@link #field} before the first {@link #read}; an object or an array of objects under a key
 * is walked in the same pass when it was declared with {@link JsonField#walk}.
 *
 * <p>A reader looks at a whole record this way before it tells anything, so a record that turns out
 * to be damaged leaves no trace. Valid until the next {@link #read}; not thread-safe.
 */
public final class JsonFields {
  private static final byte[] NO_BYTES = new byte[0];

  private final List<JsonField> fields = new ArrayList<>();
  private final JsonReader single = new JsonReader();
  private @Nullable JsonField[] table = new JsonField[0];
  private JsonField[] met = new JsonField[0];
  private int metCount;
  private byte[] bytes = NO_BYTES;
  private int start;
  private boolean checking;
  private @Nullable List<String> strange;

  /**
   * Declares members that are known and not wanted; from now on the names of others are kept.
   *
   * @see #strange
   */
  public void known(String... keys) {
    checking = true;
    for (String key : keys) {
      JsonField field = new JsonField(this, key);
      field.ignored = true;
      fields.add(field);
    }
  }

  /** The names of the members that were not declared, of the object that was read last. */
  public List<String> strange() {
    return strange == null ? List.of() : strange;
  }

  /** Declares a wanted member. */
  public JsonField field(String key) {
    JsonField field = new JsonField(this, key);
    fields.add(field);
    return field;
  }

  private void build() {
    met = new JsonField[fields.size()];
    int size = Integer.highestOneBit(Math.max(fields.size(), 4)) * 4;
    table = new JsonField[size];
    for (JsonField field : fields) {
      int slot = hash(field.name, 0, field.name.length) & (size - 1);
      while (table[slot] != null) {
        slot = (slot + 1) & (size - 1);
      }
      table[slot] = field;
    }
  }

  /** Walks the object at which the reader stands. */
  public void read(JsonReader reader) {
    if (met.length != fields.size()) {
      build();
    }
    clear();
    bytes = reader.bytes();
    start = reader.position();
    reader.enterObject();
    while (reader.nextKey()) {
      JsonField field = find(reader.keyStart(), reader.keyEnd());
      if (field == null || field.ignored) {
        if (field == null && checking) {
          strange(reader.key());
        }
        reader.skip();
        continue;
      }
      Token token = reader.peek();
      int at = reader.position();
      if (field.from < 0) {
        met[metCount++] = field;
      }
      JsonFields child = field.child;
      JsonObjects<?> list = field.list;
      if (child != null && token == Token.OBJECT) {
        child.read(reader);
      } else if (list != null && token == Token.ARRAY) {
        list.read(reader);
      } else {
        reader.skip();
      }
      field.from = at;
      field.to = reader.position();
    }
  }

  private void strange(String key) {
    List<String> all = strange;
    if (all == null) {
      all = new ArrayList<>();
      strange = all;
    }
    all.add(key);
  }

  /** Forgets everything, in the children too. */
  public void clear() {
    strange = null;
    for (int i = 0; i < metCount; i++) {
      JsonField field = met[i];
      field.from = -1;
      if (field.child != null) {
        field.child.clear();
      }
      if (field.list != null) {
        field.list.clear();
      }
    }
    metCount = 0;
  }

  /** The bytes that were read last. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the reader stood when the object was read. */
  public int start() {
    return start;
  }

  JsonReader single() {
    return single;
  }

  private @Nullable JsonField find(int keyFrom, int keyTo) {
    int mask = table.length - 1;
    for (int slot = hash(bytes, keyFrom, keyTo) & mask; ; slot = (slot + 1) & mask) {
      JsonField field = table[slot];
      if (field == null || Arrays.equals(field.name, 0, field.name.length, bytes, keyFrom, keyTo)) {
        return field;
      }
    }
  }

  private static int hash(byte[] name, int from, int to) {
    int length = to - from;
    return length == 0
        ? 0
        : length * 31 + name[from] * 7 + name[to - 1] * 13 + name[from + (length >> 1)] * 3;
  }
}
