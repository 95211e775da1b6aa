package dev.flightlog.formats.otlp;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import dev.flightlog.formats.otlp.OtlpRecord.Source;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The three layers around records in JSON. One record is in memory at a time. Members may be named
 * as in JSON or as in protobuf, in any order. Not thread-safe.
 */
final class JsonFrames {
  private final Signal signal;
  private final OtlpRecord.Sink out;
  private final byte[] bytes;

  private JsonFrames(Signal signal, byte[] bytes, OtlpRecord.Sink out) {
    this.signal = signal;
    this.bytes = bytes;
    this.out = out;
  }

  static void read(Signal signal, byte[] bytes, int from, int to, OtlpRecord.Sink out) {
    try {
      JsonReader json = new JsonReader().reset(bytes, from, to);
      if (json.peek() != Token.OBJECT) {
        throw new BadRecordException("the JSON is no object");
      }
      json.skip();
      json.finish();
      new JsonFrames(signal, bytes, out).request(from, to);
    } catch (JsonException e) {
      throw new BadRecordException("it is not JSON: " + e.getMessage());
    }
  }

  private interface Part {
    void at(int from, int to);
  }

  private void request(int from, int to) {
    each(from, to, signal.resources(), this::resource);
  }

  private void resource(int from, int to) {
    Attributes attributes = Attributes.NONE;
    Object resource = member(from, to, "resource");
    if (resource instanceof Map<?, ?> map) {
      try {
        attributes = JsonRecords.attributes(map.get("attributes"));
      } catch (BadRecordException e) {
        attributes = Attributes.NONE;
      }
    }
    Attributes known = attributes;
    each(from, to, signal.scopes(), (start, end) -> scope(start, end, known));
  }

  private void scope(int from, int to, Attributes resource) {
    Object scope = member(from, to, "scope");
    String name = scope instanceof Map<?, ?> map && map.get("name") instanceof String t ? t : "";
    String version =
        scope instanceof Map<?, ?> map && map.get("version") instanceof String t ? t : "";
    Source source = new Source(resource, name, version);
    each(from, to, signal.records(), (start, end) -> record(start, end, source));
  }

  private void record(int from, int to, Source source) {
    try {
      if (exceeds(from, to)) {
        throw new BadRecordException("a record has at most " + OtlpBytes.MOST_VALUES + " values");
      }
      JsonReader json = new JsonReader().reset(bytes, from, to);
      if (json.peek() != Token.OBJECT || !(json.value() instanceof Map<?, ?> map)) {
        throw new BadRecordException("a record is an object");
      }
      switch (signal) {
        case TRACES -> out.take(JsonRecords.span(map, source));
        case LOGS -> out.take(JsonRecords.log(map, source));
        case METRICS -> JsonMetrics.read(map, source, out);
      }
    } catch (BadRecordException e) {
      out.refuse(1, String.valueOf(e.getMessage()));
    } catch (JsonException e) {
      out.refuse(1, "it is not JSON: " + e.getMessage());
    }
  }

  /** True when there are more values than one record may have; counted without making any. */
  private boolean exceeds(int from, int to) {
    int left = 3 * OtlpBytes.MOST_VALUES;
    boolean quoted = false;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (quoted) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          quoted = false;
        }
      } else if (b == '"') {
        quoted = true;
      } else if ((b == ',' || b == '[' || b == '{') && --left < 0) {
        return true;
      }
    }
    return false;
  }

  /** Each element of the array that a member of the object is; anything else there is refused. */
  private void each(int from, int to, String name, Part part) {
    JsonReader json = new JsonReader().reset(bytes, from, to);
    if (json.peek() != Token.OBJECT) {
      out.refuse(1, "an element around " + name + " is no object");
      return;
    }
    json.enterObject();
    while (json.nextKey()) {
      if (!isNamed(json, name)) {
        json.skip();
      } else if (json.peek() == Token.ARRAY) {
        json.enterArray();
        while (json.nextElement()) {
          json.peek();
          int start = json.position();
          json.skip();
          part.at(start, json.position());
        }
      } else {
        boolean absent = json.peek() == Token.NULL;
        json.skip();
        if (!absent) {
          out.refuse(1, name + " is no array");
        }
      }
    }
  }

  private @Nullable Object member(int from, int to, String name) {
    JsonReader json = new JsonReader().reset(bytes, from, to);
    if (json.peek() != Token.OBJECT) {
      return null;
    }
    json.enterObject();
    Object found = null;
    while (json.nextKey()) {
      if (json.keyIs(name)) {
        json.peek();
        int start = json.position();
        json.skip();
        int end = json.position();
        found = exceeds(start, end) ? null : new JsonReader().reset(bytes, start, end).value();
      } else {
        json.skip();
      }
    }
    return found;
  }

  private static boolean isNamed(JsonReader json, String name) {
    return json.keyIs(name) || json.keyIs(underscored(name));
  }

  /** The name that protobuf has for a member. */
  static String underscored(String name) {
    StringBuilder out = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        out.append('_').append((char) (c + 32));
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }
}
