package dev.flightlog.formats;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of the members of a JSON value, by which formats are recognised: {@code sessionId}; of
 * objects in it {@code message.parts}; of the first object of an array {@code steps.source}, where
 * an array at the top has the empty name: {@code .role}. Short texts are kept as values.
 */
public final class Members {
  private static final int SHORT = 200;
  private static final int DEPTH = 3;

  private final Map<String, String> values = new HashMap<>();

  private Members() {}

  /** Of the value at the start of these bytes; what stands behind damage is not seen. */
  public static Members of(byte[] bytes, int from, int to) {
    Members members = new Members();
    JsonReader json = new JsonReader().reset(bytes, from, to);
    try {
      members.walk(json, "", 0);
    } catch (JsonException damagedOrCut) {
      // What was seen until here tells enough, or nothing.
    }
    return members;
  }

  /** Of a line of text, which is the member without a name. */
  public static Members ofText(String line) {
    Members members = new Members();
    members.values.put("", line);
    return members;
  }

  private void walk(JsonReader json, String path, int depth) {
    switch (json.peek()) {
      case OBJECT -> {
        json.enterObject();
        while (json.nextKey()) {
          String key = path.isEmpty() && depth == 0 ? json.key() : path + "." + json.key();
          values.putIfAbsent(key, "");
          value(json, key, depth + 1);
        }
      }
      case ARRAY -> {
        json.enterArray();
        boolean first = true;
        while (json.nextElement()) {
          if (first && json.peek() == Token.OBJECT) {
            walk(json, path, depth + 1);
          } else {
            json.skip();
          }
          first = false;
        }
      }
      default -> json.skip();
    }
  }

  private void value(JsonReader json, String key, int depth) {
    if (json.peek() == Token.STRING) {
      int start = json.position();
      json.skip();
      if (json.position() - start < SHORT) {
        values.put(key, json.raw().substring(1, json.raw().length() - 1));
      }
    } else if (depth < DEPTH) {
      walk(json, key, depth);
    } else {
      json.skip();
    }
  }

  /** True when there is such a member, whatever its value. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** True when all of these are there. */
  public boolean hasAll(String... names) {
    for (String name : names) {
      if (!has(name)) {
        return false;
      }
    }
    return true;
  }

  /** The text of a member; empty when it is absent, long, or none. */
  public String text(String name) {
    return values.getOrDefault(name, "");
  }

  /** True when the member is a text that is not empty. */
  public boolean isText(String name) {
    return !text(name).isEmpty();
  }

  /** True when any member's name satisfies this. */
  public boolean any(java.util.function.Predicate<String> test) {
    return values.keySet().stream().anyMatch(test);
  }

  /** True when nothing was seen. */
  public boolean isEmpty() {
    return values.isEmpty();
  }
}
