package dev.flightlog.formats.trajectory;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Timestamps;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.JsonDocument.Part;
import dev.flightlog.formats.reading.Times;
import dev.flightlog.formats.usage.Usage;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event list of OpenHands: actions, and observations that name their action as {@code cause}. A
 * call failed when its observation is an {@code error} or tells an exit code other than 0; times
 * carry no zone and are taken as UTC. Stateless.
 */
final class OpenHandsRun {
  private static final Set<String> SILENT =
      Set.of("message", "system", "recall", "change_agent_state", "null", "condensation", "think");

  private OpenHandsRun() {}

  static boolean is(JsonDocument document) {
    Map<?, ?> first = document.first("");
    return first.containsKey("source")
        && (first.containsKey("action") || first.containsKey("observation"));
  }

  static void read(JsonDocument document, RunEvents events) {
    Map<Long, Part> results = new HashMap<>();
    for (Part part : document.parts("")) {
      if (part.map().get("cause") instanceof Number cause
          && part.map().containsKey("observation")) {
        results.put(cause.longValue(), part);
      }
    }
    String agent = "main";
    Set<String> responses = new HashSet<>();
    for (Part part : document.parts("")) {
      long step = JsonDocument.integer(part.map(), "id");
      Origin origin = events.origin(part, agent, Times.of(part.map()));
      response(part, origin, step, responses, events);
      String action = part.text("action");
      Map<?, ?> args = JsonDocument.map(part.map().get("args"));
      if (action == null) {
        agent = observed(part, origin, step, agent, events);
      } else if (action.equals("message")) {
        said(part, args, origin, step, events);
      } else if (action.equals("finish") || action.equals("reject")) {
        boolean rejected = action.equals("reject");
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        if (rejected) {
          details.put("error_type", "rejected_by_agent");
        }
        events.ended(origin, step, rejected ? Boolean.FALSE : null, details);
      } else if (action.equals("delegate")) {
        String to = args.get("agent") instanceof String name ? name : "delegate";
        long size = RunEvents.utf8Length(String.valueOf(args.get("inputs")));
        events.handOver(origin, step, agent, to, size);
        agent = to;
      } else if (!SILENT.contains(action)) {
        call(part, args, action, results.get(step), origin, step, events);
      }
    }
  }

  private static void said(Part part, Map<?, ?> args, Origin origin, long step, RunEvents events) {
    String text = JsonDocument.plain(args.get("content"));
    if ("user".equals(part.text("source"))) {
      events.prompt(events.key("prompt", step), origin.by(null), step, text);
    } else {
      events.message(origin, step, text);
    }
  }

  private static String observed(
      Part part, Origin origin, long step, String agent, RunEvents events) {
    String kind = part.text("observation", "");
    Map<?, ?> extras = JsonDocument.map(part.map().get("extras"));
    boolean failed = kind.equals("error") && !(part.map().get("cause") instanceof Number);
    if (failed
        || (kind.equals("agent_state_changed") && "error".equals(extras.get("agent_state")))) {
      Object reason = extras.get("reason");
      String text = part.text("content", "");
      String message = text.isEmpty() && reason instanceof String told ? told : text;
      String type =
          extras.get("error_id") instanceof String id && !id.isEmpty() ? id : "agent_error";
      events.error(events.key("error", step), origin, step, type, message);
    } else if (kind.equals("delegate")) {
      events.handOver(origin, step, agent, "main", RunEvents.utf8Length(part.text("content", "")));
      return "main";
    }
    return agent;
  }

  private static void call(
      Part part,
      Map<?, ?> args,
      String action,
      @Nullable Part result,
      Origin origin,
      long step,
      RunEvents events) {
    Map<?, ?> meta = JsonDocument.map(part.map().get("tool_call_metadata"));
    RunEvents.ToolUse use = new RunEvents.ToolUse();
    Object id = meta.get("tool_call_id");
    use.id = id instanceof String told ? told : events.call(step);
    use.tool = meta.get("function_name") instanceof String name ? name : action;
    Map<Object, Object> input = new LinkedHashMap<>();
    args.forEach((key, value) -> {
      if (value != null && !key.equals("thought")) {
        input.put(key, value);
      }
    });
    use.input = input;
    if (result != null) {
      use.output = result.text("content", "");
      use.success = success(result);
      use.resultStep = JsonDocument.integer(result.map(), "id");
      String kind = result.text("observation", "");
      use.errorType = kind.equals("user_rejected") ? EventTypes.REJECTED : "tool_error";
      long ended = Times.of(result.map());
      long began = Times.of(part.map());
      if (ended != Timestamps.NONE && began != Timestamps.NONE && ended >= began) {
        use.resultAt = ended;
      }
    }
    events.call(origin, step, use);
  }

  private static Boolean success(Part result) {
    String kind = result.text("observation", "");
    if (kind.equals("error") || kind.equals("user_rejected")) {
      return false;
    }
    Map<?, ?> extras = JsonDocument.map(result.map().get("extras"));
    Object code = extras.get("exit_code");
    if (code == null) {
      code = JsonDocument.map(extras.get("metadata")).get("exit_code");
    }
    return !(code instanceof Number number) || number.longValue() == 0;
  }

  private static void response(
      Part part, Origin origin, long step, Set<String> responses, RunEvents events) {
    Map<?, ?> meta = JsonDocument.map(part.map().get("tool_call_metadata"));
    Map<?, ?> response = JsonDocument.map(meta.get("model_response"));
    Map<?, ?> used = JsonDocument.map(response.get("usage"));
    if (response.get("id") instanceof String id && !used.isEmpty() && responses.add(id)) {
      String model = response.get("model") instanceof String name ? name : null;
      events.response("model_call:" + id + ":", origin, step, model, usage(used), Double.NaN);
    }
  }

  /** Usage as OpenAI's API and LiteLLM tell it: {@code prompt_tokens} includes what was cached. */
  static Usage usage(Map<?, ?> used) {
    long read = JsonDocument.integer(used, "cache_read_input_tokens");
    if (read == 0) {
      Map<?, ?> details = JsonDocument.map(used.get("prompt_tokens_details"));
      read = JsonDocument.integer(details, "cached_tokens");
    }
    long write = JsonDocument.integer(used, "cache_creation_input_tokens");
    return Usage.ofInclusive(
        JsonDocument.integer(used, "prompt_tokens"),
        JsonDocument.integer(used, "completion_tokens"),
        read,
        write);
  }
}
