package dev.flightlog.formats.claude;

import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How background commands and agents ended, which is told long after the result of their call: by a
 * {@code <task-notification>} in a user message or the queue, or by a system line. Stateless.
 */
public final class ClaudeNotifications {
  private static final Pattern CALL = Pattern.compile("<tool-use-id>([^<]{1,200})</tool-use-id>");
  private static final Pattern STATUS = Pattern.compile("<status>([a-z_]{1,40})</status>");
  private static final Pattern SUMMARY =
      Pattern.compile("<summary>(.*?)</summary>", Pattern.DOTALL);
  private static final Pattern EXIT = Pattern.compile("exit code (-?\\d{1,10})");

  private ClaudeNotifications() {}

  /** Is told the end of a call that may have started an agent. */
  public interface AgentEnds {
    void ended(String call, Outcome outcome, Origin origin, Occurrence.Sink out);
  }

  /** True when the text may hold one. */
  public static boolean isIn(String text) {
    return text.contains("<task-notification>") && text.contains("<tool-use-id>");
  }

  /** Tells how the call ended that the text names; nothing when it names none. */
  public static void read(String text, Origin origin, AgentEnds agents, Occurrence.Sink out) {
    Matcher call = CALL.matcher(text);
    Matcher status = STATUS.matcher(text);
    Matcher summary = SUMMARY.matcher(text);
    if (call.find() && status.find()) {
      told(
          call.group(1).strip(),
          status.group(1),
          summary.find() ? summary.group(1).strip() : null,
          origin,
          agents,
          out);
    }
  }

  /** Tells how a call ended. */
  static void told(
      String call,
      String status,
      @Nullable String summary,
      Origin origin,
      AgentEnds agents,
      Occurrence.Sink out) {
    Outcome outcome = outcome(status, summary == null ? "" : summary);
    if (outcome instanceof Outcome.Running) {
      return;
    }
    Content words = summary == null ? Content.NONE : Content.text(summary);
    out.take(new Occurrence.ToolReturned(origin, call, outcome, words, -1));
    agents.ended(call, outcome, origin, out);
  }

  private static Outcome outcome(String status, String summary) {
    return switch (status) {
      case "completed", "success", "finished" -> {
        Matcher exit = EXIT.matcher(summary);
        yield exit.find() && !exit.group(1).equals("0")
            ? new Outcome.Failed(error(summary))
            : Outcome.WORKED;
      }
      case "failed", "error" -> new Outcome.Failed(error(summary));
      case "killed", "stopped", "cancelled" ->
          new Outcome.Failed(new ErrorClass("interrupted", summary));
      default -> Outcome.RUNNING;
    };
  }

  private static ErrorClass error(String summary) {
    Matcher exit = EXIT.matcher(summary);
    ErrorClass named = ErrorClasses.name(summary);
    return exit.find() ? named.orTold(ErrorClasses.exitType(exit.group(1))) : named;
  }
}
