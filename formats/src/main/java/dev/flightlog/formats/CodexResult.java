package dev.flightlog.formats;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The output of a Codex tool: a text, blocks, or an object with the text in it. It carries no flag
 * for failure; the exit code stands in the head of the text, in its metadata, or was told before.
 */
final class CodexResult implements ToolCalls.Result {
  private static final int HEADER = 400;

  private final Texts texts;
  private String text = "";
  private boolean present;
  private ToolErrors.@Nullable Named error;

  CodexResult(Texts texts) {
    this.texts = texts;
  }

  /**
   * @param told why the call failed, when an event of its own said so
   */
  void read(Slices item, @Nullable String told) {
    Object output = item.value(CodexLine.OUTPUT);
    present = output != null;
    String why = told;
    if (output instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("success"))) {
      why = why == null ? "tool_error" : why;
    }
    text = text(output);
    String code = null;
    if (text.startsWith("{\"output\":")) {
      code = wrapped(text);
    }
    if (code == null) {
      code = ToolErrors.failedExit(text.substring(0, Math.min(text.length(), HEADER)));
    }
    error = error(why, code);
  }

  /** Older outputs are JSON in a text: the output itself, and the exit code in its metadata. */
  private @Nullable String wrapped(String json) {
    try {
      byte[] utf8 = json.getBytes(StandardCharsets.UTF_8);
      if (new JsonReader().reset(utf8, 0, utf8.length).value() instanceof Map<?, ?> map) {
        text = String.valueOf(map.get("output"));
        if (map.get("metadata") instanceof Map<?, ?> metadata
            && metadata.get("exit_code") instanceof Number code
            && code.longValue() != 0) {
          return code.toString();
        }
      }
    } catch (JsonException plainText) {
      return null;
    }
    return null;
  }

  private ToolErrors.@Nullable Named error(@Nullable String why, @Nullable String code) {
    if (why == null && code == null) {
      ToolErrors.Named named = ToolErrors.name(head());
      return named.type().equals("rejected") ? named : null;
    }
    int output = text.indexOf("Output:\n");
    String body = output >= 0 && output < HEADER ? text.substring(output + 8) : text;
    String head = texts.clean(body, ToolErrors.LOOKED_AT);
    ToolErrors.Named named =
        ToolErrors.name(code == null ? head : "Exit code " + code + "\n" + head);
    return why != null && (code == null || named.type().equals("tool_error"))
        ? new ToolErrors.Named(why, named.message())
        : named;
  }

  private String head() {
    return text.substring(0, Math.min(text.length(), HEADER));
  }

  private static String text(@Nullable Object output) {
    if (output instanceof List<?> list) {
      StringBuilder joined = new StringBuilder();
      for (Object part : list) {
        joined.append(joined.isEmpty() ? "" : "\n").append(text(part));
      }
      return joined.toString();
    }
    if (output instanceof Map<?, ?> map) {
      Object inner = map.get("text") == null ? map.get("content") : map.get("text");
      return inner == null ? "" : text(inner);
    }
    return output == null ? "" : String.valueOf(output);
  }

  @Override
  public @Nullable Boolean success() {
    return present ? error == null : null;
  }

  @Override
  public ToolErrors.@Nullable Named error() {
    return error;
  }

  @Override
  public boolean writeOutput(JsonWriter out) {
    if (present) {
      texts.text(out, text);
    }
    return present;
  }
}
