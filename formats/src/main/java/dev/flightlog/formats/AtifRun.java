package dev.flightlog.formats;

import dev.flightlog.formats.RunDocument.Part;
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

  static boolean is(RunDocument document) {
    String version = document.text("schema_version");
    return document.has("steps") && version != null && version.startsWith("ATIF");
  }

  static void read(RunDocument document, RunEvents events) {
    Map<?, ?> agent = document.map("agent");
    String name = agent.get("name") instanceof String text ? text : null;
    String model = agent.get("model_name") instanceof String text ? text : null;
    int place = 0;
    for (Part part : document.parts("steps")) {
      long step = part.map().get("step_id") instanceof Number id ? id.longValue() : place;
      place++;
      Where where = events.where(part, name, Moments.of(part.map()));
      String said = RunDocument.plain(part.map().get("message"));
      String source = part.text("source", "");
      if (source.equals("user")) {
        events.prompt(events.key("prompt", step), where.by(null), step, said);
      } else if (source.equals("agent") && !said.isEmpty()) {
        events.message(where, step, said);
      }
      calls(part, where, step, events);
      Map<?, ?> used = RunDocument.map(part.map().get("metrics"));
      if (!used.isEmpty()) {
        double cost = used.get("cost_usd") instanceof Number n ? n.doubleValue() : Double.NaN;
        events.response(
            events.key("model_call", step),
            where,
            step,
            part.text("model_name", model == null ? "" : model),
            Usage.ofInclusive(
                RunDocument.integer(used, "prompt_tokens"),
                RunDocument.integer(used, "completion_tokens"),
                RunDocument.integer(used, "cached_tokens"),
                0),
            cost);
      }
    }
  }

  private static void calls(Part part, Where where, long step, RunEvents events) {
    Map<String, Map<?, ?>> results = new HashMap<>();
    Object observed = RunDocument.map(part.map().get("observation")).get("results");
    List<?> found = observed instanceof List<?> list ? list : List.of();
    for (Object result : found) {
      Map<?, ?> map = RunDocument.map(result);
      results.putIfAbsent(String.valueOf(map.get("source_call_id")), map);
    }
    List<?> calls = part.map().get("tool_calls") instanceof List<?> list ? list : List.of();
    boolean distinct = results.size() == found.size();
    for (int i = 0; i < calls.size(); i++) {
      Map<?, ?> call = RunDocument.map(calls.get(i));
      // Ids that were blotted out are all alike; then calls and results go together in order.
      Map<?, ?> result =
          distinct
              ? results.get(String.valueOf(call.get("tool_call_id")))
              : i < found.size() ? RunDocument.map(found.get(i)) : null;
      RunEvents.ToolUse use = new RunEvents.ToolUse();
      use.key = events.key("tool_call", step) + ":" + i;
      use.tool = call.get("function_name") instanceof String name ? name : null;
      use.input = call.get("arguments");
      if (result != null) {
        use.output = RunDocument.plain(result.get("content"));
        use.success = success(result);
        use.errorType = "tool_error";
      }
      events.call(where, step, use);
    }
  }

  private static @Nullable Boolean success(Map<?, ?> result) {
    Object status = RunDocument.map(result.get("extra")).get("status");
    return FAILED.contains(String.valueOf(status))
        ? Boolean.FALSE
        : DONE.contains(String.valueOf(status)) ? Boolean.TRUE : null;
  }
}
