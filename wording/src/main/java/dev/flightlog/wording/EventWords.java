package dev.flightlog.wording;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import java.util.List;

/** One event in words. Everything in it is safe to print. Stateless. */
public final class EventWords {
  private static final List<String> TELLING =
      List.of(
          "error_type",
          "message",
          "text",
          "prompt",
          "reason",
          "command",
          "input",
          "model",
          "output");

  private EventWords() {}

  /** What happened: {@code tool_call Bash FAILED}. */
  public static String happened(Event event) {
    StringBuilder out = new StringBuilder(event.eventType());
    String tool = event.detail("tool");
    if (tool != null) {
      out.append(' ').append(SafeText.shortened(SafeText.sentence(tool), 40));
    }
    Boolean success = event.flag(Field.SUCCESS);
    return success != null && !success ? out.append(" FAILED").toString() : out.toString();
  }

  /** What it says, at most so many characters: error type, message, command, whatever it has. */
  public static String said(Event event, int most) {
    StringBuilder out = new StringBuilder();
    for (String key : TELLING) {
      Object value = event.details().get(key);
      if (value != null && out.length() < most) {
        String text = value instanceof String s ? s : new JsonWriter().value(value).toString();
        out.append(out.isEmpty() ? "" : ": ").append(text.strip());
      }
    }
    return SafeText.shortened(SafeText.sentence(out.toString()), most);
  }
}
