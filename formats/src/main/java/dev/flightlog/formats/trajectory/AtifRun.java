package dev.flightlog.formats.trajectory;

import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.JsonDocument.Part;
import dev.flightlog.formats.reading.Times;
import dev.flightlog.formats.usage.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A run in the Agent Trajectory Interchange Format (Harbor RFC 0001, seen in version 1.7): steps by
 * user, agent or system; an agent's step holds its calls, their results by {@code source_call_id},
 * and what the model used. The format has no flag for a failed call; a status beside the result
 * counts where there is one. Stateless.
 */
final class AtifRun {
  private static final Set<String> FAILED = Set.of("error", "failed", "failure", "timeout");
  private static final Set<String> DONE = Set.of("completed", "success", "succeeded", "ok");

  private AtifRun() {}

  static boolean is(JsonDocument document) {
    String version = document.text("schema_version");
    return document.has("steps") && version != null && version.startsWith("ATIF");
  }

  static void read(JsonDocument document, RunEvents events) {
    Map<?, ?> agent = document.map("agent");
    String name = agent.get("name") instanceof String text ? text : null;
    String model = agent.get("model_name") instanceof String text ? text : null;
    int place = 0;
    for (Part part : document.parts("steps")) {
      long step = part.map().get("step_id") instanceof Number id ? id.longValue() : place;
      place++;
      Origin origin = events.origin(part, name, Times.of(part.map()));
      String said = JsonDocument.plain(part.map().get("message"));
      String source = part.text("source", "");
      if (source.equals("user")) {
        events.prompt(events.key("prompt", step), origin.by(null), step, said);
      } else if (source.equals("agent") && !said.isEmpty()) {
        events.message(origin, step, said);
      }
      calls(part, origin, step, events);
      Map<?, ?> used = JsonDocument.map(part.map().get("metrics"));
      if (!used.isEmpty()) {
        double cost = used.get("cost_usd") instanceof Number n ? n.doubleValue() : Double.NaN;
        events.response(
            events.key("model_call", step),
            origin,
            step,
            part.text("model_name", model == null ? "" : model),
            Usage.ofInclusive(
                JsonDocument.integer(used, "prompt_tokens"),
                JsonDocument.integer(used, "completion_tokens"),
                JsonDocument.integer(used, "cached_tokens"),
                0),
            cost);
      }
    }
  }

  private static void calls(Part part, Origin origin, long step, RunEvents events) {
    Map<String, Map<?, ?>> results = new HashMap<>();
    Object observed = JsonDocument.map(part.map().get("observation")).get("results");
    List<?> found = observed instanceof List<?> list ? list : List.of();
    for (Object result : found) {
      Map<?, ?> map = JsonDocument.map(result);
      results.putIfAbsent(String.valueOf(map.get("source_call_id")), map);
    }
    List<?> calls = part.map().get("tool_calls") instanceof List<?> list ? list : List.of();
    boolean distinct = results.size() == found.size();
    for (int i = 0; i < calls.size(); i++) {
      Map<?, ?> call = JsonDocument.map(calls.get(i));
      // Ids that were blotted out are all alike; then calls and results go together in order.
      Map<?, ?> result =
          distinct
              ? results.get(String.valueOf(call.get("tool_call_id")))
              : i < found.size() ? JsonDocument.map(found.get(i)) : null;
      RunEvents.ToolUse use = new RunEvents.ToolUse();
      use.id = events.call(step) + ":" + i;
      use.tool = call.get("function_name") instanceof String name ? name : null;
      use.input = call.get("arguments");
      if (result != null) {
        use.output = JsonDocument.plain(result.get("content"));
        use.success = success(result);
        use.errorType = "tool_error";
      }
      events.call(origin, step, use);
    }
  }

  private static @Nullable Boolean success(Map<?, ?> result) {
    Object status = JsonDocument.map(result.get("extra")).get("status");
    return FAILED.contains(String.valueOf(status))
        ? Boolean.FALSE
        : DONE.contains(String.valueOf(status)) ? Boolean.TRUE : null;
  }
}
