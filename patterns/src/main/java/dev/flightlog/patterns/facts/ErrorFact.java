package dev.flightlog.patterns.facts;

import dev.flightlog.event.EventTypes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One error and what became of it. Immutable.
 *
 * @param id the event of the error
 * @param tool empty for an error that is no tool call
 * @param errorType as recorded, else the event's type
 * @param program of a shell: program and subcommand; else empty
 * @param template the message without what varies
 * @param message its beginning, as recorded
 * @param ordinal how many tool calls the session had made
 * @param followed how many calls of the agent were looked at behind it
 * @param tried changes that were tried and failed again, in their order
 * @param change what made it work; null when nothing did
 * @param success the event of the call that worked; empty when none did
 * @param before what was called, in a line; empty for an error that is no tool call
 * @param after what was called when it worked, in a line; empty when nothing did
 */
public record ErrorFact(
    Occasion occasion,
    String id,
    String tool,
    String errorType,
    String program,
    String template,
    String message,
    int ordinal,
    int followed,
    List<Change> tried,
    @Nullable Change change,
    String success,
    String before,
    String after)
    implements Fact {

  /** With fewer calls behind it, nobody can know what would have become of an error. */
  public static final int DECIDED_AFTER = 10;

  /** The most characters of a template. */
  public static final int TEMPLATE_LENGTH = 160;

  private static final int MESSAGE_LENGTH = 200;

  public ErrorFact {
    tool = Fact.head(tool, LONGEST);
    errorType = Fact.head(errorType, LONGEST);
    program = Fact.head(program, LONGEST);
    template = Fact.head(template, TEMPLATE_LENGTH);
    message = Fact.head(message, MESSAGE_LENGTH);
    tried = List.copyOf(tried);
    before = Fact.head(before, LONGEST);
    after = Fact.head(after, LONGEST);
  }

  public boolean recovered() {
    return change != null;
  }

  /** False when the session ended before anybody could know. */
  public boolean isDecided() {
    return change != null || (!tool.isEmpty() && followed >= DECIDED_AFTER);
  }

  /** Tool and error type, in words. */
  public String className() {
    return className(tool, errorType);
  }

  private static String className(String tool, String errorType) {
    String type = errorType.isEmpty() ? "error" : errorType;
    return tool.isEmpty() ? type : tool + ' ' + type;
  }

  /** The class in words; for a command whose error type says nothing, with its program. */
  public String label() {
    return label(tool, errorType, program);
  }

  /** The label that the error of a call has, without looking at what became of it. */
  public static String label(String tool, String errorType, String program) {
    return className(tool, errorType)
        + (isVague(errorType) && !program.isEmpty() ? " (" + program + ")" : "");
  }

  /** True when a program threw it. */
  public boolean isException() {
    return errorType.endsWith("Error") || errorType.endsWith("Exception");
  }

  /** True for an error type that says only that something failed, not what. */
  public boolean isVague() {
    return isVague(errorType);
  }

  private static boolean isVague(String errorType) {
    return errorType.isEmpty()
        || errorType.startsWith("exit_code_")
        || errorType.equals("tool_error")
        || errorType.equals("error")
        || errorType.equals(EventTypes.ERROR);
  }
}
