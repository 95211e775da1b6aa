package dev.flightlog.patterns.facts;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One error and what became of it. Immutable. Texts that few questions need may be fetched when
 * they are asked for: see {@link ErrorTexts}.
 */
public final class ErrorFact implements Fact {
  /** With fewer calls behind it, nobody can know what would have become of an error. */
  public static final int DECIDED_AFTER = 10;

  /** The most characters of a template. */
  public static final int TEMPLATE_LENGTH = 160;

  /** What a call is given when another one made beside it failed. */
  private static final String OF_ANOTHER = "sibling_failed";

  private final Occasion occasion;
  private final ErrorKind kind;
  private final int ordinal;
  private final int followed;
  private final List<Change> tried;
  private final @Nullable Change change;
  private final ErrorTexts texts;

  /**
   * With everything at hand.
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
  public ErrorFact(
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
      String after) {
    this(
        occasion,
        new ErrorKind(tool, errorType, program, template),
        ordinal,
        followed,
        tried,
        change,
        new ErrorTexts.Known(id, new ErrorTexts.Rest(message, success, before, after)));
  }

  /** The same of a kind that is known, with texts that may still have to be fetched. */
  public ErrorFact(
      Occasion occasion,
      ErrorKind kind,
      int ordinal,
      int followed,
      List<Change> tried,
      @Nullable Change change,
      ErrorTexts texts) {
    this.occasion = occasion;
    this.kind = kind;
    this.ordinal = ordinal;
    this.followed = followed;
    this.tried = List.copyOf(tried);
    this.change = change;
    this.texts = texts;
  }

  @Override
  public Occasion occasion() {
    return occasion;
  }

  /** Tool, error type, program and template. */
  public ErrorKind kind() {
    return kind;
  }

  /** The event of the error. */
  public String id() {
    return texts.id();
  }

  /** Empty for an error that is no tool call. */
  public String tool() {
    return kind.tool();
  }

  /** As recorded, else the event's type. */
  public String errorType() {
    return kind.errorType();
  }

  /** Of a shell: program and subcommand; else empty. */
  public String program() {
    return kind.program();
  }

  /** The message without what varies. */
  public String template() {
    return kind.template();
  }

  /** The beginning of the message, as recorded; may be fetched. */
  public String message() {
    return texts.rest().message();
  }

  /** How many tool calls the session had made. */
  public int ordinal() {
    return ordinal;
  }

  /** How many calls of the agent were looked at behind it. */
  public int followed() {
    return followed;
  }

  /** Changes that were tried and failed again, in their order. */
  public List<Change> tried() {
    return tried;
  }

  /** What made it work; null when nothing did. */
  public @Nullable Change change() {
    return change;
  }

  /** The event of the call that worked; empty when none did; may be fetched. */
  public String success() {
    return texts.rest().success();
  }

  /** What was called, in a line; empty for an error that is no tool call; may be fetched. */
  public String before() {
    return texts.rest().before();
  }

  /** What was called when it worked, in a line; empty when nothing did; may be fetched. */
  public String after() {
    return texts.rest().after();
  }

  public boolean recovered() {
    return change != null;
  }

  /** False when the session ended before anybody could know. */
  public boolean isDecided() {
    return change != null || (!tool().isEmpty() && followed >= DECIDED_AFTER);
  }

  /** Tool and error type, in words. */
  public String className() {
    return kind.className();
  }

  /** The class in words; for a command whose error type says nothing, with its program. */
  public String label() {
    return kind.label();
  }

  /** The label that the error of a call has, without looking at what became of it. */
  public static String label(String tool, String errorType, String program) {
    return ErrorKind.label(tool, errorType, program);
  }

  /** True when it follows by itself from the failure of a call that was made beside it. */
  public boolean isOfAnother() {
    return errorType().equals(OF_ANOTHER);
  }

  /** True when a program threw it. */
  public boolean isException() {
    return errorType().endsWith("Error") || errorType().endsWith("Exception");
  }

  /** True for an error type that says only that something failed, not what. */
  public boolean isVague() {
    return kind.isVague();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof ErrorFact fact
            && id().equals(fact.id())
            && occasion.equals(fact.occasion)
            && kind.equals(fact.kind)
            && ordinal == fact.ordinal
            && followed == fact.followed
            && tried.equals(fact.tried)
            && Objects.equals(change, fact.change)
            && texts.rest().equals(fact.texts.rest()));
  }

  @Override
  public int hashCode() {
    return id().hashCode() * 31 + Long.hashCode(micros());
  }

  @Override
  public String toString() {
    return "ErrorFact[" + occasion + ", " + id() + ", " + kind + "]";
  }
}
