package dev.flightlog.importer;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.formats.Moments;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds out what a file holds from its first lines; its name does not matter. Stateless. */
final class Sniffer {
  private static final int LINES = 50;

  private static final Set<String> CLAUDE_TYPES =
      Set.of(
          "user",
          "assistant",
          "system",
          "progress",
          "summary",
          "file-history-snapshot",
          "queue-operation",
          "attachment",
          "result");
  private static final Set<String> CODEX_TYPES =
      Set.of(
          "session_meta",
          "response_item",
          "event_msg",
          "turn_context",
          "compacted",
          "function_call",
          "function_call_output",
          "custom_tool_call",
          "local_shell_call");

  private Sniffer() {}

  /** The format, or null when nothing known was found in the first lines. */
  static @Nullable Format sniff(InputStream in) throws IOException {
    byte[] head = in.readNBytes(Documents.HEAD);
    Format document = Documents.sniff(head, start(head, 0, head.length));
    if (document != null) {
      return document;
    }
    return lines(new SequenceInputStream(new ByteArrayInputStream(head), in));
  }

  private static @Nullable Format lines(InputStream in) throws IOException {
    Lines lines = new Lines(in, 0, new byte[0]);
    Format weak = null;
    for (int i = 0; i < LINES && lines.next(); i++) {
      if (lines.tooLong()) {
        continue;
      }
      int from = start(lines.bytes(), lines.from(), lines.to());
      if (from < lines.to() && lines.bytes()[from] == '[' && i == 0) {
        return Format.STREAM_JSON;
      }
      Map<String, String> keys = keys(lines.bytes(), from, lines.to());
      Format strong = strong(keys);
      if (strong != null) {
        return strong;
      }
      if (weak == null && hasTime(keys)) {
        weak = Format.JSONL;
      }
    }
    return weak;
  }

  /** Behind white space and a byte order mark. */
  static int start(byte[] bytes, int from, int to) {
    int i = from;
    if (to - i >= 3 && bytes[i] == (byte) 0xef && bytes[i + 1] == (byte) 0xbb) {
      i += 3;
    }
    while (i < to && bytes[i] >= 0 && bytes[i] <= ' ') {
      i++;
    }
    return i;
  }

  private static @Nullable Format strong(Map<String, String> keys) {
    String type = keys.getOrDefault("type", "");
    if (isText(keys, "event_type") && keys.containsKey("timestamp")) {
      return keys.containsKey("thread_ts") && !keys.containsKey("category")
          ? Format.TASK_LOG
          : Format.JOURNAL;
    }
    if (CODEX_TYPES.contains(type) || (keys.containsKey("payload") && !type.isEmpty())) {
      return Format.CODEX;
    }
    if (!type.isEmpty() && keys.containsKey("sessionId")) {
      return Format.CLAUDE;
    }
    if (CLAUDE_TYPES.contains(type)) {
      if (keys.containsKey("session_id")) {
        return Format.STREAM_JSON;
      }
      if (keys.containsKey("leafUuid") || keys.containsKey("snapshot")) {
        return Format.CLAUDE;
      }
      if (keys.containsKey("message") && keys.containsKey("uuid")) {
        return Format.CLAUDE;
      }
    }
    boolean meta = keys.containsKey("instructions") || keys.containsKey("git");
    return type.isEmpty() && meta && isText(keys, "id") && isText(keys, "timestamp")
        ? Format.CODEX
        : null;
  }

  private static boolean hasTime(Map<String, String> keys) {
    return keys.keySet().stream().anyMatch(Moments::isKey);
  }

  private static boolean isText(Map<String, String> keys, String key) {
    return !keys.getOrDefault(key, "").isEmpty();
  }

  /** The keys of an object, with the values that are text; nothing when it is damaged. */
  private static Map<String, String> keys(byte[] bytes, int from, int to) {
    Map<String, String> keys = new HashMap<>();
    JsonReader json = new JsonReader().reset(bytes, from, to);
    try {
      json.enterObject();
      while (json.nextKey()) {
        String key = json.key();
        boolean text = json.peek() == JsonReader.Token.STRING;
        int start = json.position();
        json.skip();
        boolean isShort = text && json.position() - start < 200;
        keys.put(key, isShort ? json.raw().substring(1, json.raw().length() - 1) : "");
      }
      return keys;
    } catch (JsonException damaged) {
      return Map.of();
    }
  }
}
