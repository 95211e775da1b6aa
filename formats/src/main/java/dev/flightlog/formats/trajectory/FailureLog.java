package dev.flightlog.formats.trajectory;

import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.JsonDocument.Part;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A log of a failed multi-agent run in the form of the Who&amp;When set (Zhang et al. 2025): a
 * question, and a history of messages by named agents, among them a terminal that runs the code of
 * the message before. The set's labels (which agent failed at which step, and the right answer) are
 * not read: they are no part of what happened. Stateless.
 */
final class FailureLog {
  private static final Pattern EXIT = Pattern.compile("\\s*exitcode: (-?\\d{1,6}) \\(");
  private static final Pattern CODE = Pattern.compile("(?s)```[^\\n`]*\\n(.*?)```");
  private static final String OUTPUT = "Code output:";

  private FailureLog() {}

  static boolean is(JsonDocument document) {
    return document.has("history")
        && document.has("question")
        && (document.has("is_correct") || document.has("is_corrected"));
  }

  static String session(JsonDocument document, String run) {
    String question = document.text("question_ID");
    return question == null ? "run-" + run : question + "-" + run.substring(0, 8);
  }

  static void read(JsonDocument document, RunEvents events) {
    events.workflow().task(document.text("question_ID"));
    List<Part> history = document.parts("history");
    String question = document.text("question");
    Part whole = new Part(java.util.Map.of(), 0, document.length());
    events.prompt(
        events.key("question", 0),
        events.origin(whole, null),
        -1,
        question == null ? "" : question);
    String former = null;
    int code = -1;
    for (int step = 0; step < history.size(); step++) {
      Part part = history.get(step);
      String agent = agent(part);
      String text = JsonDocument.plain(part.map().get("content"));
      Matcher exit = EXIT.matcher(text);
      if (exit.lookingAt()) {
        int author = code < 0 ? Math.max(0, step - 1) : code;
        ran(history, author, step, exit.group(1), text, events);
        continue;
      }
      if (former != null && !former.equals(agent)) {
        events.handOver(
            events.origin(part, former),
            step,
            former,
            agent,
            RunEvents.utf8Length(JsonDocument.plain(history.get(step - 1).map().get("content"))));
      }
      former = agent;
      code = text.contains("```") ? step : code;
      events.message(events.origin(part, agent), step, text);
    }
    Object right = document.member("is_correct");
    events.taskEnded(events.origin(whole, null), history.size(), Boolean.TRUE.equals(right));
  }

  /** The terminal ran the code of an earlier message: one call, by who wrote the code. */
  private static void ran(
      List<Part> history, int author, int step, String code, String text, RunEvents events) {
    RunEvents.ToolUse use = new RunEvents.ToolUse();
    use.id = events.call(step);
    use.tool = agent(history.get(step));
    use.input = code(JsonDocument.plain(history.get(author).map().get("content")));
    int output = text.indexOf(OUTPUT);
    use.output = output < 0 ? text : text.substring(output + OUTPUT.length()).strip();
    use.success = code.equals("0");
    use.errorType = ErrorClasses.exitType(code);
    use.resultStep = step;
    events.call(events.origin(history.get(step), agent(history.get(author))), author, use);
  }

  /** All code of a message, or null. */
  private static @Nullable String code(String text) {
    Matcher block = CODE.matcher(text);
    StringBuilder all = new StringBuilder();
    while (block.find()) {
      all.append(all.isEmpty() ? "" : "\n").append(block.group(1));
    }
    return all.isEmpty() ? null : all.toString();
  }

  /** The name, else the role without what stands behind it in brackets. */
  private static String agent(Part part) {
    String name = part.text("name", part.text("role", "unknown"));
    int bracket = name.indexOf(" (");
    return bracket > 0 ? name.substring(0, bracket) : name;
  }
}
