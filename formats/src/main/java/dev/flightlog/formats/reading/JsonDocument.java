package dev.flightlog.formats.reading;

import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One JSON value that tells a whole run: its members, and the objects of its arrays with the places
 * where they stand. An array at the top is the array with the empty name.
 */
public final class JsonDocument {
  /** An object of an array. */
  public record Part(Map<?, ?> map, long offset, int length) {
    public @Nullable String text(String key) {
      return map.get(key) instanceof String text ? text : null;
    }

    public String text(String key, String otherwise) {
      return map.get(key) instanceof String text ? text : otherwise;
    }
  }

  private final Map<String, @Nullable Object> members = new LinkedHashMap<>();
  private final Map<String, List<Part>> arrays = new LinkedHashMap<>();
  private final String hash;
  private final int length;

  /** Reads the value in these bytes, which begins at this offset of its file. */
  public JsonDocument(byte[] bytes, int from, int to, long offset) {
    JsonReader json = new JsonReader().reset(bytes, from, to);
    if (json.peek() == Token.ARRAY) {
      arrays.put("", parts(json, from, offset));
    } else {
      json.enterObject();
      while (json.nextKey()) {
        String key = json.key();
        if (json.peek() == Token.ARRAY) {
          arrays.put(key, parts(json, from, offset));
        } else {
          members.put(key, json.value());
        }
      }
    }
    json.finish();
    var digest = Sha256.digest();
    digest.update(bytes, from, to - from);
    hash = HexFormat.of().formatHex(digest.digest());
    length = to - from;
  }

  private static List<Part> parts(JsonReader json, int from, long offset) {
    List<Part> parts = new ArrayList<>();
    json.enterArray();
    while (json.nextElement()) {
      boolean object = json.peek() == Token.OBJECT;
      int start = json.position();
      Object value = json.value();
      if (object && value instanceof Map<?, ?> map) {
        parts.add(new Part(map, offset + start - from, json.position() - start));
      }
    }
    return parts;
  }

  /** SHA-256 of the whole value, in hexadecimal digits: a copy of a run is the same run. */
  public String hash() {
    return hash;
  }

  public int length() {
    return length;
  }

  public boolean has(String member) {
    return members.containsKey(member) || arrays.containsKey(member);
  }

  public @Nullable String text(String member) {
    return members.get(member) instanceof String text ? text : null;
  }

  public Map<?, ?> map(String member) {
    return map(members.get(member));
  }

  public @Nullable Object member(String member) {
    return members.get(member);
  }

  /** The objects of an array; none when there is no such array. */
  public List<Part> parts(String member) {
    return arrays.getOrDefault(member, List.of());
  }

  /** The first object of an array, or an empty one. */
  public Map<?, ?> first(String member) {
    List<Part> parts = parts(member);
    return parts.isEmpty() ? Map.of() : parts.getFirst().map();
  }

  /** The value as an object; an empty one for anything else. */
  public static Map<?, ?> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? map : Map.of();
  }

  /** A member that is a text, or null. */
  public static @Nullable String text(Map<?, ?> map, String key) {
    return map.get(key) instanceof String text ? text : null;
  }

  public static long integer(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }

  /** A record that is one object, as maps, lists and scalars. */
  public static Map<?, ?> object(JsonReader json, byte[] bytes, int from, int to) {
    json.reset(bytes, from, to);
    json.enterObject();
    json.reset(bytes, from, to);
    Map<?, ?> line = map(json.value());
    json.finish();
    return line;
  }

  /** A text as it is, anything else as JSON. */
  public static String words(@Nullable Object value) {
    return value instanceof String text
        ? text
        : new dev.flightlog.event.json.JsonWriter().value(value).toString();
  }

  /** The text of a message: itself, or the texts of its blocks, one a line. */
  public static String plain(@Nullable Object content) {
    if (content instanceof String text) {
      return text;
    }
    if (content instanceof List<?> blocks) {
      StringBuilder joined = new StringBuilder();
      for (Object block : blocks) {
        String text = block instanceof String s ? s : plain(map(block).get("text"));
        if (!text.isEmpty()) {
          joined.append(joined.isEmpty() ? "" : "\n").append(text);
        }
      }
      return joined.toString();
    }
    return "";
  }
}
