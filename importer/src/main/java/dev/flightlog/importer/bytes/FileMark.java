package dev.flightlog.importer.bytes;

import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.Format;
import dev.flightlog.formats.Formats;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How far a file was read, committed together with the rows that were read from it.
 *
 * @param stamp what tells a changed file without opening it
 * @param fingerprint hash of the file's first line, by which it is the same under another name
 * @param firstLength over how many bytes that hash goes
 * @param position in the decompressed stream
 * @param tail hash of the last bytes before the position
 * @param tailLength over how many bytes that hash goes
 * @param pending true when behind the position stands a line that is not complete
 * @param setAside how many pieces of it went to quarantine
 * @param unknown how many records of each unknown kind it held
 * @param strange how often fields were met in it that are not known of their record, by name
 * @param state from which the reader goes on
 */
public record FileMark(
    Stamp stamp,
    Format format,
    String fingerprint,
    int firstLength,
    long position,
    String tail,
    int tailLength,
    boolean pending,
    long setAside,
    Map<String, Long> unknown,
    Map<String, Long> strange,
    Map<String, @Nullable Object> state) {

  /**
   * Size, and times of the last changes of content and of attributes, in the system's own units.
   */
  public record Stamp(long size, long modified, long changed) {
    /** As {@link #equals}, without what the first comparison of records in a process costs. */
    boolean isSame(@Nullable Stamp other) {
      return other != null
          && size == other.size
          && modified == other.modified
          && changed == other.changed;
    }
  }

  public static String encode(FileMark mark, Consumer<JsonWriter> state) {
    JsonWriter out = new JsonWriter(256).beginObject();
    out.key("size").number(mark.stamp.size).key("modified").number(mark.stamp.modified);
    out.key("changed").number(mark.stamp.changed);
    out.key("format").string(mark.format.name());
    out.key("first").string(mark.fingerprint).key("first_length").number(mark.firstLength);
    out.key("position").number(mark.position);
    out.key("tail").string(mark.tail).key("tail_length").number(mark.tailLength);
    out.key("pending").bool(mark.pending).key("quarantined").number(mark.setAside);
    if (!mark.unknown.isEmpty()) {
      out.key("unknown").value(mark.unknown);
    }
    if (!mark.strange.isEmpty()) {
      out.key("strange").value(mark.strange);
    }
    out.key("state").beginObject();
    state.accept(out);
    return out.endObject().endObject().toString();
  }

  /** Reads an encoded mark; null when it cannot be read, then the file is read anew. */
  public static @Nullable FileMark decode(String text) {
    try {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      if (!(new JsonReader().reset(utf8, 0, utf8.length).value() instanceof Map<?, ?> map)) {
        return null;
      }
      Format format = Formats.of(String.valueOf(map.get("format")));
      if (format == null || !(map.get("state") instanceof Map<?, ?> state)) {
        return null;
      }
      Map<String, @Nullable Object> members = new LinkedHashMap<>();
      state.forEach((key, value) -> members.put(String.valueOf(key), value));
      return new FileMark(
          new Stamp(number(map, "size"), number(map, "modified"), number(map, "changed")),
          format,
          String.valueOf(map.get("first")),
          (int) number(map, "first_length"),
          number(map, "position"),
          String.valueOf(map.get("tail")),
          (int) number(map, "tail_length"),
          Boolean.TRUE.equals(map.get("pending")),
          number(map, "quarantined"),
          counts(map.get("unknown")),
          counts(map.get("strange")),
          members);
    } catch (JsonException | ClassCastException unreadable) {
      return null;
    }
  }

  /**
   * The format of an encoded mark when it tells that all of a file with this stamp was read; else
   * null. Reads no more of the mark than that takes, since a look asks it of every file there is.
   */
  static @Nullable Format wholeAs(String encoded, Stamp stamp) {
    String head =
        "{\"size\":"
            + stamp.size
            + ",\"modified\":"
            + stamp.modified
            + ",\"changed\":"
            + stamp.changed
            + ",\"format\":\"";
    int pending = encoded.indexOf("\"pending\":");
    if (!encoded.startsWith(head)
        || pending < 0
        || !encoded.startsWith("\"pending\":false", pending)) {
      return null;
    }
    int end = encoded.indexOf('"', head.length());
    return end < 0 ? null : Formats.of(encoded.substring(head.length(), end));
  }

  private static Map<String, Long> counts(@Nullable Object value) {
    Map<String, Long> counts = new TreeMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, count) -> {
        if (count instanceof Number number) {
          counts.put(String.valueOf(name), number.longValue());
        }
      });
    }
    return counts;
  }

  private static long number(Map<?, ?> map, String key) {
    return map.get(key) instanceof Number number ? number.longValue() : 0;
  }

  /** A short hash of some bytes: the first half of their SHA-256, in hexadecimal digits. */
  public static String hash(byte[] bytes, int from, int to) {
    var digest = Sha256.digest();
    digest.update(bytes, from, to - from);
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }
}
