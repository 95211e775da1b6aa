package dev.flightlog.patterns.remedies;

import dev.flightlog.event.Event;
import dev.flightlog.event.EventTypes;
import dev.flightlog.patterns.digest.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One error and what became of it, as it is kept in a fact. Immutable.
 *
 * @param fact when, where and by whom
 * @param id the event of the error
 * @param tool empty for an error that is no tool call
 * @param errorType as recorded, else the event's type
 * @param program of a shell: program and subcommand; else empty
 * @param template the message without what varies
 * @param message its beginning, as recorded
 * @param ordinal how many tool calls the session had made
 * @param followed how many calls of the agent were looked at behind it
 * @param tried remedies that were tried and failed again, in their order
 * @param remedy what made it work; null when nothing did
 * @param success the event of the call that worked; empty when none did
 */
public record ErrorCase(
    Fact fact,
    String id,
    String tool,
    String errorType,
    String program,
    String template,
    String message,
    int ordinal,
    int followed,
    List<Remedy> tried,
    @Nullable Remedy remedy,
    String success) {

  private static final int TEMPLATE_LENGTH = 160;
  private static final int MESSAGE_LENGTH = 200;

  public ErrorCase {
    tried = List.copyOf(tried);
  }

  static @Nullable String[] of(
      Call failed,
      int ordinal,
      int followed,
      List<String> tried,
      @Nullable Remedy remedy,
      @Nullable Call success) {
    return new @Nullable String[] {
      failed.id(),
      failed.tool(),
      failed.errorType(),
      failed.signature(),
      cut(ErrorObserver.template(failed.message()), TEMPLATE_LENGTH),
      cut(failed.message(), MESSAGE_LENGTH),
      Integer.toString(ordinal),
      Integer.toString(followed),
      String.join("|", tried),
      remedy == null ? null : remedy.key(),
      success == null ? null : success.id()
    };
  }

  /** An error that is no tool call. */
  static @Nullable String[] ofEvent(Event event, int ordinal) {
    String type = event.detail("error_type");
    String message = event.detail("message");
    String text = message == null ? "" : message;
    return new @Nullable String[] {
      event.id(),
      "",
      type == null ? event.eventType() : type,
      "",
      cut(ErrorObserver.template(text), TEMPLATE_LENGTH),
      cut(text, MESSAGE_LENGTH),
      Integer.toString(ordinal),
      "0",
      "",
      null,
      null
    };
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }

  /** The case that a fact of {@link ErrorObserver} holds. */
  public static ErrorCase of(Fact fact) {
    List<Remedy> tried = new ArrayList<>();
    for (String key : fact.textOrEmpty(8).split("\\|", -1)) {
      if (!key.isEmpty()) {
        tried.add(Remedy.ofKey(key));
      }
    }
    String remedy = fact.text(9);
    return new ErrorCase(
        fact,
        fact.textOrEmpty(0),
        fact.textOrEmpty(1),
        fact.textOrEmpty(2),
        fact.textOrEmpty(3),
        fact.textOrEmpty(4),
        fact.textOrEmpty(5),
        (int) fact.whole(6),
        (int) fact.whole(7),
        tried,
        remedy == null ? null : Remedy.ofKey(remedy),
        fact.textOrEmpty(10));
  }

  public boolean recovered() {
    return remedy != null;
  }

  /** False when the session ended before anybody could know. */
  public boolean isDecided() {
    return remedy != null || (!tool.isEmpty() && followed >= ErrorObserver.FEWEST);
  }

  /** Tool and error type, in words. */
  public String className() {
    String type = errorType.isEmpty() ? "error" : errorType;
    return tool.isEmpty() ? type : tool + ' ' + type;
  }

  /** True for an error type that says only that something failed, not what. */
  public boolean isVague() {
    return errorType.isEmpty()
        || errorType.startsWith("exit_code_")
        || errorType.equals("tool_error")
        || errorType.equals("error")
        || errorType.equals(EventTypes.ERROR);
  }
}
