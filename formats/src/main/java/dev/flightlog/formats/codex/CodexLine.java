package dev.flightlog.formats.codex;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonText;
import dev.flightlog.formats.reading.JsonField;
import dev.flightlog.formats.reading.JsonFields;
import dev.flightlog.formats.reading.StrangeFields;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One line of a Codex rollout: where its wanted values lie. Reused from line to line. */
final class CodexLine {
  final JsonFields item = new JsonFields();
  final JsonField kind = item.field("type");
  final JsonField id = item.field("id");
  final JsonField started = item.field("timestamp");
  final JsonField cwd = item.field("cwd");
  final JsonField version = item.field("cli_version");
  final JsonField model = item.field("model");
  final JsonField callId = item.field("call_id");
  final JsonField name = item.field("name");
  final JsonField arguments = item.field("arguments");
  final JsonField input = item.field("input");
  final JsonField output = item.field("output");
  final JsonField message = item.field("message");
  final JsonField success = item.field("success");
  final JsonField exitCode = item.field("exit_code");
  final JsonField reason = item.field("reason");
  final JsonField durationMs = item.field("duration_ms");
  final JsonField error = item.field("error");
  final JsonField errorInfo = item.field("codex_error_info");
  final JsonField action = item.field("action");
  final JsonField source = item.field("source");
  final JsonField result = item.field("result");
  final JsonField instructions = item.field("instructions");
  final JsonField forkedFrom = item.field("forked_from_id");
  final JsonField serviceTier = item.field("service_tier");
  final JsonField rateLimits = item.field("rate_limits");
  final JsonField responseId = item.field("response_id");
  final JsonField compactionResponseId = item.field("compaction_response_id");
  final JsonField turnId = item.field("turn_id");
  final JsonField role = item.field("role");

  final CodexItem completed = new CodexItem(item);

  private final JsonFields gitFields = new JsonFields();
  final JsonField branch = gitFields.field("branch");
  final JsonField git = item.field("git").walk(gitFields);

  private final JsonFields functionFields = new JsonFields();
  final JsonField functionName = functionFields.field("name");
  final JsonField function = item.field("function").walk(functionFields);

  final CodexCounts totalCounts = new CodexCounts();
  final CodexCounts lastCounts = new CodexCounts();
  final CodexCounts recordCounts = new CodexCounts();
  private final JsonFields infoFields = new JsonFields();
  final JsonField total = infoFields.field("total_token_usage").walk(totalCounts.fields);
  final JsonField last = infoFields.field("last_token_usage").walk(lastCounts.fields);
  final JsonField window = infoFields.field("model_context_window");
  final JsonField infoTier = infoFields.field("service_tier");
  final JsonField info = item.field("info").walk(infoFields);
  final JsonField recordUsage = item.field("usage").walk(recordCounts.fields);

  private final JsonFields top = new JsonFields();
  private final JsonField timestamp = top.field("timestamp");
  private final JsonField createdAt = top.field("created_at");
  private final JsonField outerType = top.field("type");
  private final JsonField payload = top.field("payload").walk(item);
  private final JsonFields bareTop = top;
  private final JsonReader nested = new JsonReader();
  private boolean envelope;

  CodexLine() {
    item.known(CodexKeys.PAYLOAD);
  }

  /** Counts what is in the payload that nobody knows. */
  void strange(StrangeFields into) {
    if (!item.strange().isEmpty()) {
      String type = kind.string();
      into.add(type == null ? type() : type, item.strange());
    }
  }

  void read(JsonReader json, byte[] bytes, int from, int to) {
    bareTop.read(json.reset(bytes, from, to));
    json.finish();
    envelope = payload.isObject();
    if (!envelope) {
      item.read(json.reset(bytes, from, to));
    }
  }

  byte[] bytes() {
    return top.bytes();
  }

  int start() {
    return top.start();
  }

  /** Where the payload lies, which is the same line under another time when it is replayed. */
  int payloadFrom() {
    return envelope ? payload.from() : item.start();
  }

  int payloadTo(int lineEnd) {
    return envelope ? payload.to() : lineEnd;
  }

  /** True for a line with a payload, as all but the oldest are. */
  boolean isEnvelope() {
    return envelope && outerType.isString();
  }

  /** The type of the envelope; of a bare item its own. */
  @Nullable String type() {
    return outerType.string();
  }

  /** True for the first line of the oldest files. */
  boolean isBareMeta() {
    return !envelope && id.isString() && (instructions.has() || git.has());
  }

  long time() {
    long time = time(timestamp);
    return time == Timestamps.NONE ? time(createdAt) : time;
  }

  static long time(JsonField field) {
    return field.isString()
        ? Timestamps.parse(field.bytes(), field.from() + 1, field.to() - 1)
        : Timestamps.NONE;
  }

  /** A value as JSON; JSON that was put into a string is taken out of it. */
  byte[] unwrapped(JsonField field) {
    if (!field.has()) {
      return new byte[0];
    }
    byte[] source = field.bytes();
    int from = field.from();
    int to = field.to();
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
