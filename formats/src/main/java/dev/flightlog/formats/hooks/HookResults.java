package dev.flightlog.formats.hooks;

import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.Texts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a call ended, by what a hook is told behind it. Not thread-safe. */
final class HookResults {
  private final Texts texts;

  HookResults(Texts texts) {
    this.texts = texts;
  }

  /**
   * The end of a call.
   *
   * @param agentId of the agent that it started, or null
   */
  record Result(Outcome outcome, Content output, @Nullable String agentId) {}

  /** A call that worked, or goes on in the background. */
  Result worked(HookEvent event) {
    Object response = event.fields().get("tool_response");
    Map<?, ?> told = JsonDocument.map(response);
    String status = JsonDocument.text(told, "status");
    boolean goesOn =
        "async_launched".equals(status)
            || "remote_launched".equals(status)
            || told.get("backgroundTaskId") instanceof String;
    return new Result(
        goesOn ? Outcome.RUNNING : Outcome.WORKED,
        output(told),
        JsonDocument.text(told, "agentId"));
  }

  /** A shell's output is what the model sees; other results have forms of their own. */
  private static Content output(Map<?, ?> response) {
    if (response.get("stdout") instanceof String out
        && response.get("stderr") instanceof String err) {
      String both = out.isEmpty() || err.isEmpty() ? out + err : out + "\n" + err;
      return both.isEmpty() ? Content.NONE : Content.text(both);
    }
    return Content.NONE;
  }

  /** A call that failed for the reason that stands in this field. */
  Result failed(HookEvent event, String field) {
    String words = event.text(field) == null ? "" : String.valueOf(event.text(field));
    ErrorClass named = ErrorClasses.name(texts.clean(words, ErrorClasses.LOOKED_AT));
    ErrorClass error =
        event.name().equals("PermissionDenied")
            ? named.orTold("permission_denied")
            : Boolean.TRUE.equals(event.fields().get("is_interrupt"))
                ? named.orTold("interrupted")
                : named;
    return new Result(ErrorClasses.outcome(error, null), Content.text(words), null);
  }

  /** A call that no hook saw end was refused before it ran, in the words that the model sees. */
  Outcome refused(Content text) {
    ErrorClass named = ErrorClasses.name(texts.clean(text.text(), ErrorClasses.LOOKED_AT));
    return ErrorClasses.outcome(named, null);
  }

  /** The text of a result: as it is, or the texts of its blocks. */
  static Content text(@Nullable Object response) {
    String text = JsonDocument.plain(response);
    return text.isEmpty() ? Content.NONE : Content.text(text);
  }
}
