package dev.flightlog.formats.trajectory;

import dev.flightlog.event.Timestamps;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.JsonDocument.Part;
import dev.flightlog.formats.reading.Times;
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

  static boolean is(JsonDocument document) {
    List<Part> messages = document.parts(document.has("messages") ? "messages" : "");
    return isMessage(messages) && (document.has("trajectory_format") || returns(messages));
  }

  private static boolean isMessage(List<Part> messages) {
    return !messages.isEmpty()
        && messages.getFirst().map().containsKey("role")
        && messages.getFirst().map().containsKey("content");
  }

  /** Only its own harness answers with the return code of the command in the message before. */
  private static boolean returns(List<Part> messages) {
    for (Part part : messages) {
      String role = part.text("role", "");
      if (!role.equals("assistant")
          && RETURNED.matcher(JsonDocument.plain(part.map().get("content"))).matches()) {
        return true;
      }
    }
    return false;
  }

  static void read(JsonDocument document, RunEvents events) {
    List<Part> messages = document.parts(document.has("messages") ? "messages" : "");
    Map<?, ?> info = document.map("info");
    Map<?, ?> config = JsonDocument.map(JsonDocument.map(info.get("config")).get("model"));
    String model = config.get("model_name") instanceof String name ? name : null;
    boolean asked = false;
    int step = 0;
    for (int i = 0; i < messages.size(); i++) {
      Part part = messages.get(i);
      String text = JsonDocument.plain(part.map().get("content"));
      String role = part.text("role", "");
      if (role.equals("user") && !asked) {
        asked = true;
        events.prompt(events.key("prompt", 0), events.origin(part, null, time(part)), -1, text);
      } else if (role.equals("assistant")) {
        Part next = i + 1 < messages.size() ? messages.get(i + 1) : null;
        turn(part, next, text, step++, model, events);
      }
    }
    finished(document, info, step, model, events);
  }

  private static void turn(
      Part part,
      @Nullable Part next,
      String text,
      int step,
      @Nullable String model,
      RunEvents events) {
    Origin origin = events.origin(part, "main", time(part));
    Matcher command = COMMAND.matcher(text);
    boolean found = command.find();
    String said = (found ? text.substring(0, command.start()) : text).strip();
    if (!said.isEmpty()) {
      events.message(origin, step, said);
    }
    Map<?, ?> used =
        JsonDocument.map(
            JsonDocument.map(JsonDocument.map(part.map().get("extra")).get("response"))
                .get("usage"));
    if (!used.isEmpty()) {
      Usage usage = OpenHandsRun.usage(used);
      events.response(events.key("model_call", step), origin, step, model, usage, Double.NaN);
    }
    if (!found) {
      return;
    }
    RunEvents.ToolUse use = new RunEvents.ToolUse();
    use.id = events.call(step);
    use.tool = "bash";
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("command", command.group(1));
    use.input = input;
    if (next != null && !"assistant".equals(next.text("role"))) {
      String seen = JsonDocument.plain(next.map().get("content"));
      Matcher returned = RETURNED.matcher(seen);
      boolean told = returned.matches();
      use.output = told ? returned.group(2) : seen;
      if (told) {
        use.success = returned.group(1).equals("0");
        use.errorType = ErrorClasses.exitType(returned.group(1));
      }
    }
    events.call(origin, step, use);
  }

  private static void finished(
      JsonDocument document, Map<?, ?> info, int step, @Nullable String model, RunEvents events) {
    if (!(info.get("exit_status") instanceof String status)) {
      return;
    }
    Part whole = new Part(Map.of(), 0, document.length());
    boolean submitted = status.equals("Submitted");
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("exit_status", status);
    if (!submitted) {
      details.put("error_type", status);
    }
    Map<?, ?> used = JsonDocument.map(info.get("model_stats"));
    if (used.get("instance_cost") instanceof Number cost) {
      details.put("total_cost_usd", cost);
    }
    Origin origin = events.origin(whole, "main");
    events.ended(origin, step, submitted, details);
    events.total(origin, step, model, used);
  }

  private static long time(Part part) {
    long own = Times.of(part.map());
    return own == Timestamps.NONE ? Times.of(JsonDocument.map(part.map().get("extra"))) : own;
  }
}
