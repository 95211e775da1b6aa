package dev.flightlog.importer;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonReader.Token;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Recognises files that are one JSON document, by the names of its members and of the first object
 * in each of its arrays; the head of the file is enough. Stateless.
 */
final class Documents {
  /** How much of a file is looked at, in bytes. */
  static final int HEAD = 64 << 10;

  private Documents() {}

  /** The format, or null when it is none of a document. */
  static @Nullable Format sniff(byte[] head, int from) {
    Set<String> names = new HashSet<>();
    JsonReader json = new JsonReader().reset(head, from, head.length);
    try {
      if (json.peek() == Token.ARRAY) {
        element(json, "", names);
      } else {
        json.enterObject();
        while (json.nextKey()) {
          String key = json.key();
          names.add(key);
          if (json.peek() == Token.ARRAY) {
            element(json, key, names);
          } else {
            json.skip();
          }
        }
      }
    } catch (JsonException endOfHead) {
      // What was seen until here tells enough, or nothing.
    }
    return format(names);
  }

  /**
   * The member names of the first element are told behind the array's own: {@code steps.source}.
   */
  private static void element(JsonReader json, String array, Set<String> names) {
    json.enterArray();
    boolean first = true;
    while (json.nextElement()) {
      if (first && json.peek() == Token.OBJECT) {
        json.enterObject();
        while (json.nextKey()) {
          names.add(array + "." + json.key());
          json.skip();
        }
      } else {
        json.skip();
      }
      first = false;
    }
  }

  private static @Nullable Format format(Set<String> names) {
    if (names.contains("sessionId")
        && names.contains("projectHash")
        && (names.contains("messages") || names.contains("startTime"))) {
      return Format.GEMINI;
    }
    boolean openHands =
        names.contains(".source") && (names.contains(".action") || names.contains(".observation"));
    boolean messages = names.contains(".role") && names.contains(".content");
    boolean run =
        names.contains("atof_version")
            || (names.contains("steps") && names.contains("schema_version"))
            || names.contains("trajectory.action")
            || names.contains("trajectory.observation")
            || (names.contains("history.role") && names.contains("history.content"))
            || (names.contains("messages.role") && names.contains("trajectory_format"))
            || openHands
            || (messages && !names.contains(".type"));
    return run ? Format.TRAJECTORY : null;
  }
}
