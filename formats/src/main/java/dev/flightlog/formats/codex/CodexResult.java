package dev.flightlog.formats.codex;

import dev.flightlog.event.json.JsonException;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.Texts;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The output of a Codex tool: a text, blocks, or an object with the text in it. It carries no flag
 * for failure; the exit code stands in the head of the text, in its metadata, or was told before.
 */
final class CodexResult {
  private static final int HEADER = 400;
  private static final Pattern WALL = Pattern.compile("Wall time: ([0-9.]{1,12}) seconds");
  private static final Pattern RUNNING = Pattern.compile("Process running with session ID");

  private final Texts texts;
  private String text = "";
  private @Nullable Object output;

  CodexResult(Texts texts) {
    this.texts = texts;
  }

  /**
   * Reads an output and tells how its call ended.
   *
   * @param told why the call failed, when an event of its own said so
   */
  Outcome read(@Nullable Object value, @Nullable String told) {
    output = value;
    String why = told;
    if (value instanceof Map<?, ?> map && Boolean.FALSE.equals(map.get("success"))) {
      why = why == null ? ErrorClass.TOOL_ERROR : why;
    }
    text = text(value);
    String code = null;
    if (text.startsWith("{\"output\":")) {
      code = wrapped(text);
    }
    if (code == null) {
      code = ErrorClasses.failedExit(head());
    }
    if (why == null && code == null) {
      ErrorClass named = ErrorClasses.name(head());
      if (named.type().equals("rejected") || named.type().equals("hook_blocked")) {
        return ErrorClasses.outcome(named, null);
      }
      return value == null
          ? Outcome.UNTOLD
          : RUNNING.matcher(head()).find() ? Outcome.RUNNING : Outcome.WORKED;
    }
    return ErrorClasses.outcome(error(why, code), null);
  }

  Content output() {
    return output == null ? Content.NONE : Content.text(text);
  }

  /** How long it ran as the head of the output tells, or -1. */
  long runningMs() {
    Matcher wall = WALL.matcher(head());
    return wall.find() ? Math.round(Double.parseDouble(wall.group(1)) * 1000) : -1;
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

  private ErrorClass error(@Nullable String why, @Nullable String code) {
    int start = text.indexOf("Output:\n");
    String body = start >= 0 && start < HEADER ? text.substring(start + 8) : text;
    String head = texts.clean(body, ErrorClasses.LOOKED_AT);
    ErrorClass named = ErrorClasses.name(code == null ? head : "Exit code " + code + "\n" + head);
    return why == null
        ? named
        : code == null ? new ErrorClass(why, named.message()) : named.orTold(why);
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
}
