package dev.flightlog.wording;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /**
   * What it says around a text that was looked for, in any case: the beginning where the text
   * stands there, else the detail that holds it, cut before and behind.
   *
   * @param most so many characters
   * @param tokens and so many tokens
   */
  public static String around(Event event, String sought, int most, int tokens) {
    String head = said(event, most);
    String start = SafeText.shortened(head, most, tokens);
    if (indexOf(start, sought) >= 0) {
      return start;
    }
    String text = holding(event, sought, most);
    int at = indexOf(text, sought);
    if (at < 0) {
      return start;
    }
    String piece = start;
    for (int width = most; width >= 8; width = width * 3 / 4) {
      piece = piece(text, at, Math.min(sought.length(), width), width);
      if (SafeText.shortened(piece, most, tokens).equals(SafeText.of(piece))) {
        return SafeText.of(piece);
      }
    }
    return SafeText.shortened(piece, most, tokens);
  }

  /** So many characters of the text with this part of it a third from the left. */
  private static String piece(String text, int at, int length, int width) {
    if (text.length() <= width) {
      return text;
    }
    int from = at + length <= width - 1 ? 0 : at - Math.max(0, (width - length) / 3);
    int to = Math.min(text.length(), from + width - (from > 0 ? 1 : 0) - 1);
    from = from > 0 && Character.isLowSurrogate(text.charAt(from)) ? from - 1 : from;
    to = to < text.length() && Character.isLowSurrogate(text.charAt(to)) ? to - 1 : to;
    return (from > 0 ? "…" : "") + text.substring(from, to) + (to < text.length() ? "…" : "");
  }

  /**
   * What stands around the text in the first detail or field that holds it; that of a detail which
   * is not told otherwise with its name. Empty when none holds it.
   */
  private static String holding(Event event, String sought, int most) {
    for (Map.Entry<String, @Nullable Object> detail : event.details().entrySet()) {
      Object value = detail.getValue();
      String text = value instanceof String s ? s : new JsonWriter().value(value).toString();
      int at = indexOf(text, sought);
      if (at >= 0) {
        int from = Math.max(0, at - most);
        int to = Math.min(text.length(), at + sought.length() + most);
        String near = SafeText.sentence(text.substring(from, to));
        String name = TELLING.contains(detail.getKey()) ? "" : detail.getKey() + ": ";
        return name + (from > 0 ? "…" : "") + near + (to < text.length() ? "…" : "");
      }
    }
    for (Field field : List.of(Field.SESSION_ID, Field.STORY_ID, Field.WORKFLOW_ID)) {
      String told = field.column() + ": " + event.text(field);
      if (indexOf(told, sought) >= 0) {
        return told;
      }
    }
    return "";
  }

  private static int indexOf(String text, String sought) {
    for (int i = 0; i + sought.length() <= text.length(); i++) {
      if (text.regionMatches(true, i, sought, 0, sought.length())) {
        return i;
      }
    }
    return -1;
  }
}
