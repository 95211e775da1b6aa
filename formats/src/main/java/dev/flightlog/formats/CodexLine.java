package dev.flightlog.formats;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One line of a Codex rollout: where its wanted values lie. Reused from line to line. */
final class CodexLine {
  private static final int TIMESTAMP = 0;
  private static final int CREATED_AT = 1;
  private static final int OUTER_TYPE = 2;
  private static final int PAYLOAD = 3;

  /** The keys of an item. */
  static final int TYPE = 0;

  static final int ID = 1;
  static final int CWD = 2;
  static final int GIT = 3;
  static final int MODEL = 4;
  static final int CALL_ID = 5;
  static final int NAME = 6;
  static final int ARGUMENTS = 7;
  static final int INPUT = 8;
  static final int OUTPUT = 9;
  static final int MESSAGE = 10;
  static final int INFO = 11;
  static final int SUCCESS = 12;
  static final int EXIT_CODE = 13;
  static final int REASON = 14;
  static final int DURATION_MS = 15;
  static final int ERROR = 16;
  static final int ERROR_INFO = 17;
  static final int ACTION = 18;
  static final int SOURCE = 19;
  static final int RESULT = 20;
  static final int FUNCTION = 21;
  static final int INSTRUCTIONS = 22;

  /** The keys of the usage so far. */
  static final int T_INPUT = 0;

  static final int T_CACHED = 1;
  static final int T_OUTPUT = 2;
  static final int TOTAL = 0;
  static final int WINDOW = 1;

  final Slices git = new Slices("branch");
  final Slices function = new Slices("name");
  final Slices total = new Slices("input_tokens", "cached_input_tokens", "output_tokens");
  final Slices info = new Slices("total_token_usage", "model_context_window").with(TOTAL, total);
  final Slices item =
      new Slices(
              "type",
              "id",
              "cwd",
              "git",
              "model",
              "call_id",
              "name",
              "arguments",
              "input",
              "output",
              "message",
              "info",
              "success",
              "exit_code",
              "reason",
              "duration_ms",
              "error",
              "codex_error_info",
              "action",
              "source",
              "result",
              "function",
              "instructions")
          .with(GIT, git)
          .with(INFO, info)
          .with(FUNCTION, function);
  private final Slices top =
      new Slices("timestamp", "created_at", "type", "payload").with(PAYLOAD, item);
  private final JsonReader nested = new JsonReader();
  private boolean envelope;

  void read(JsonReader json, byte[] bytes, int from, int to) {
    top.read(json.reset(bytes, from, to));
    json.finish();
    envelope = top.isObject(PAYLOAD);
    if (!envelope) {
      item.read(json.reset(bytes, from, to));
    }
  }

  byte[] bytes() {
    return top.bytes();
  }

  int start() {
    return top.lineStart();
  }

  /** True for a line with a payload, as all but the oldest are. */
  boolean isEnvelope() {
    return envelope && top.isString(OUTER_TYPE);
  }

  /** The type of the envelope; of a bare item its own. */
  @Nullable String type() {
    return top.string(OUTER_TYPE);
  }

  /** True for the first line of the oldest files. */
  boolean isBareMeta() {
    return !envelope && item.isString(ID) && (item.has(INSTRUCTIONS) || item.has(GIT));
  }

  long time() {
    long time = ClaudeLine.time(top, TIMESTAMP);
    return time == ClaudeLine.NO_TIME ? ClaudeLine.time(top, CREATED_AT) : time;
  }

  /** A value as JSON; JSON that was put into a string is taken out of it. */
  byte[] unwrapped(Slices slices, int key) {
    if (!slices.has(key)) {
      return new byte[0];
    }
    byte[] source = slices.bytes();
    int from = slices.from(key);
    int to = slices.to(key);
    if (source[from] == '"') {
      byte[] inner = new byte[to - from];
      int length = JsonText.unescape(source, from + 1, to - 1, inner, 0);
      try {
        nested.reset(inner, 0, length);
        if (nested.peek() == JsonReader.Token.OBJECT) {
          nested.skip();
          nested.finish();
          return Arrays.copyOf(inner, length);
        }
      } catch (JsonException plainText) {
        // Then it is a text like any other.
      }
    }
    return Arrays.copyOfRange(source, from, to);
  }
}
