package dev.flightlog.formats;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.formats.RunDocument.Part;
import dev.flightlog.formats.usage.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A run of mini-swe-agent: a list of messages, alone or under {@code messages}. The assistant
 * writes one command in a fenced block; the message behind it begins with its {@code returncode},
 * which tells whether it failed. Stateless.
 */
final class MiniSweRun {
  private static final Pattern COMMAND =
      Pattern.compile("(?s)```(?:mswea_bash_command|bash|sh)\\s*\\n(.*?)\\n?```");
  private static final Pattern RETURNED =
      Pattern.compile(
          "(?s)\\s*<returncode>(-?\\d{1,6})</returncode>\\s*(?:<output>\\n?)?(.*?)(?:\\n?</output>)?\\s*");

  private MiniSweRun() {}

  static boolean is(RunDocument document) {
    return isMessage(document.first(""))
        || (document.has("info") && isMessage(document.first("messages")));
  }

  private static boolean isMessage(Map<?, ?> first) {
    return first.containsKey("role") && first.containsKey("content");
  }

  static void read(RunDocument document, RunEvents events) {
    List<Part> messages = document.parts(document.has("messages") ? "messages" : "");
    Map<?, ?> info = document.map("info");
    Map<?, ?> config = RunDocument.map(RunDocument.map(info.get("config")).get("model"));
    String model = config.get("model_name") instanceof String name ? name : null;
    boolean asked = false;
    int step = 0;
    for (int i = 0; i < messages.size(); i++) {
      Part part = messages.get(i);
      String text = RunDocument.plain(part.map().get("content"));
      String role = part.text("role", "");
      if (role.equals("user") && !asked) {
        asked = true;
        events.prompt(events.key("prompt", 0), events.where(part, null, time(part)), -1, text);
      } else if (role.equals("assistant")) {
        Part next = i + 1 < messages.size() ? messages.get(i + 1) : null;
        turn(part, next, text, step++, model, events);
      }
    }
    finished(document, info, step, events);
  }

  private static void turn(
      Part part,
      @Nullable Part next,
      String text,
      int step,
      @Nullable String model,
      RunEvents events) {
    Where where = events.where(part, "main", time(part));
    Matcher command = COMMAND.matcher(text);
    boolean found = command.find();
    String said = (found ? text.substring(0, command.start()) : text).strip();
    if (!said.isEmpty()) {
      events.message(where, step, said);
    }
    Map<?, ?> used =
        RunDocument.map(
            RunDocument.map(RunDocument.map(part.map().get("extra")).get("response")).get("usage"));
    if (!used.isEmpty()) {
      Usage usage = OpenHandsRun.usage(used);
      events.response(events.key("model_call", step), where, step, model, usage, Double.NaN);
    }
    if (!found) {
      return;
    }
    RunEvents.ToolUse use = new RunEvents.ToolUse();
    use.key = events.key("tool_call", step);
    use.tool = "bash";
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("command", command.group(1));
    use.input = input;
    if (next != null && !"assistant".equals(next.text("role"))) {
      String seen = RunDocument.plain(next.map().get("content"));
      Matcher returned = RETURNED.matcher(seen);
      boolean told = returned.matches();
      use.output = told ? returned.group(2) : seen;
      if (told) {
        use.success = returned.group(1).equals("0");
        use.errorType = ToolErrors.exitType(returned.group(1));
      }
    }
    events.call(where, step, use);
  }

  private static void finished(RunDocument document, Map<?, ?> info, int step, RunEvents events) {
    if (!(info.get("exit_status") instanceof String status)) {
      return;
    }
    Part whole = new Part(Map.of(), 0, document.length());
    Rows row =
        events.open(
            events.key("finished", 0),
            EventTypes.AGENT_FINISHED,
            events.where(whole, "main"),
            step);
    boolean submitted = status.equals("Submitted");
    events.flag(Field.SUCCESS, submitted);
    row.detail("exit_status", status).detail("error_type", submitted ? null : status);
    Map<?, ?> used = RunDocument.map(info.get("model_stats"));
    if (used.get("instance_cost") instanceof Number cost) {
      row.details.key("total_cost_usd").value(cost);
    }
    events.end();
  }

  private static long time(Part part) {
    long own = Moments.of(part.map());
    return own == Timestamps.NONE ? Moments.of(RunDocument.map(part.map().get("extra"))) : own;
  }
}
