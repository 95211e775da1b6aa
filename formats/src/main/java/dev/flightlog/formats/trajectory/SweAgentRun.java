package dev.flightlog.formats.trajectory;

import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.JsonDocument.Part;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .traj} of SWE-agent: {@code trajectory} holds actions with their observations, {@code
 * history} the messages (in demonstrations nothing else). The format tells no exit codes: an
 * observation failed when SWE-agent's own words at its head or end say so; of other output it is
 * not known. Stateless.
 */
final class SweAgentRun {
  private static final String[] FAILED_HEADS = {
    "your proposed edit has introduced new syntax error",
    "your edit was not applied",
    "no replacement was performed",
    "your command was blocked",
    "exit due to",
    "wrong flag!",
    "usage:",
    "error:"
  };
  private static final String[] FAILED_ENDS = {
    "execution timed out", "command timed out", "broken pipe", "command failed to execute"
  };
  private static final String QUIET_SUCCESS = "your command ran successfully and did not produce";

  private SweAgentRun() {}

  static boolean is(JsonDocument document) {
    Map<?, ?> step = document.first("trajectory");
    Map<?, ?> message = document.first("history");
    return (step.containsKey("action") && step.containsKey("observation"))
        || (message.containsKey("role") && message.containsKey("agent"));
  }

  static void read(JsonDocument document, RunEvents events) {
    List<Part> history = document.parts("history");
    String agent = "main";
    List<Part> actions = new ArrayList<>();
    for (Part part : history) {
      boolean demonstration = Boolean.TRUE.equals(part.map().get("is_demo"));
      agent = part.text("agent", agent);
      if (part.map().get("action") != null && !demonstration) {
        actions.add(part);
      }
    }
    prompt(history, events);
    List<Part> steps = document.parts("trajectory");
    if (steps.isEmpty()) {
      for (int i = 0; i < actions.size(); i++) {
        Part action = actions.get(i);
        int place = history.indexOf(action) + 1;
        Object seen = place < history.size() ? history.get(place).map().get("content") : null;
        String observation = seen == null ? null : JsonDocument.plain(seen);
        step(action, action, i, agent, observation, events);
      }
    } else {
      for (int i = 0; i < steps.size(); i++) {
        Part said = actions.size() == steps.size() ? actions.get(i) : steps.get(i);
        Object seen = steps.get(i).map().get("observation");
        step(steps.get(i), said, i, agent, seen == null ? null : JsonDocument.plain(seen), events);
      }
    }
    finished(document, agent, Math.max(steps.size(), actions.size()), events);
  }

  private static void prompt(List<Part> history, RunEvents events) {
    for (Part part : history) {
      boolean demonstration = Boolean.TRUE.equals(part.map().get("is_demo"));
      if ("user".equals(part.text("role")) && !demonstration) {
        String text = JsonDocument.plain(part.map().get("content"));
        events.prompt(events.key("prompt", 0), events.origin(part, null), -1, text);
        return;
      }
    }
  }

  private static void step(
      Part part, Part said, int step, String agent, @Nullable String seen, RunEvents events) {
    Origin origin = events.origin(part, agent);
    String thought = part.text("thought", "").strip();
    if (!thought.isEmpty()) {
      events.message(origin, step, thought);
    }
    String action = part.text("action", "").strip();
    if (action.isEmpty()) {
      return;
    }
    RunEvents.ToolUse use = new RunEvents.ToolUse();
    use.id = events.call(step);
    Map<?, ?> function = function(said);
    use.tool =
        function.get("name") instanceof String name ? name : action.split("\\s", 2)[0].strip();
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("command", action);
    use.input = input;
    if (seen != null) {
      use.output = seen;
      use.success = success(seen);
      use.errorType = "tool_error";
    }
    if (part.map().get("execution_time") instanceof Number seconds) {
      use.runningMs = Math.round(seconds.doubleValue() * 1000);
    }
    events.call(origin, step, use);
  }

  private static Map<?, ?> function(Part said) {
    return said.map().get("tool_calls") instanceof List<?> calls && !calls.isEmpty()
        ? JsonDocument.map(JsonDocument.map(calls.getFirst()).get("function"))
        : Map.of();
  }

  static @Nullable Boolean success(String observation) {
    String text = observation.strip().toLowerCase(Locale.ROOT);
    for (String head : FAILED_HEADS) {
      if (text.startsWith(head)) {
        return false;
      }
    }
    for (String end : FAILED_ENDS) {
      if (text.endsWith(end)) {
        return false;
      }
    }
    return text.startsWith(QUIET_SUCCESS) ? Boolean.TRUE : null;
  }

  private static void finished(JsonDocument document, String agent, int step, RunEvents events) {
    Map<?, ?> info = document.map("info");
    if (!(info.get("exit_status") instanceof String status)) {
      return;
    }
    Part whole = new Part(Map.of(), 0, document.length());
    Map<?, ?> used = JsonDocument.map(info.get("model_stats"));
    boolean submitted = status.equals("submitted");
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("exit_status", status);
    if (!submitted) {
      details.put("error_type", status);
    }
    details.put("num_turns", JsonDocument.integer(used, "api_calls"));
    if (used.get("instance_cost") instanceof Number cost) {
      details.put("total_cost_usd", cost);
    }
    Origin origin = events.origin(whole, agent);
    events.ended(origin, step, submitted, details);
    events.total(origin, step, model(document), used);
  }

  /** The model's name stands in the configuration of a replay, if anywhere. */
  private static @Nullable String model(JsonDocument document) {
    Object config = document.member("replay_config");
    Map<?, ?> agent = JsonDocument.map(JsonDocument.map(config).get("agent"));
    Object name = JsonDocument.map(agent.get("model")).get("name");
    return name instanceof String text ? text : null;
  }
}
