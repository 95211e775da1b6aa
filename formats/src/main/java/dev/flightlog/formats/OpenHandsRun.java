package dev.flightlog.formats;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.formats.RunDocument.Part;
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

  static boolean is(RunDocument document) {
    Map<?, ?> first = document.first("");
    return first.containsKey("source")
        && (first.containsKey("action") || first.containsKey("observation"));
  }

  static void read(RunDocument document, RunEvents events) {
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
      long step = RunDocument.integer(part.map(), "id");
      Where where = events.where(part, agent, Moments.of(part.map()));
      response(part, where, step, responses, events);
      String action = part.text("action");
      Map<?, ?> args = RunDocument.map(part.map().get("args"));
      if (action == null) {
        agent = observed(part, where, step, agent, events);
      } else if (action.equals("message")) {
        said(part, args, where, step, events);
      } else if (action.equals("finish") || action.equals("reject")) {
        Rows row =
            events.open(events.key("finished", step), EventTypes.AGENT_FINISHED, where, step);
        if (action.equals("reject")) {
          events.flag(Field.SUCCESS, false);
          row.detail("error_type", "rejected_by_agent");
        }
        events.end();
      } else if (action.equals("delegate")) {
        String to = args.get("agent") instanceof String name ? name : "delegate";
        long size = RunEvents.utf8Length(String.valueOf(args.get("inputs")));
        events.handOver(where, step, agent, to, size);
        agent = to;
      } else if (!SILENT.contains(action)) {
        call(part, args, action, results.get(step), where, step, events);
      }
    }
  }

  private static void said(Part part, Map<?, ?> args, Where where, long step, RunEvents events) {
    String text = RunDocument.plain(args.get("content"));
    if ("user".equals(part.text("source"))) {
      events.prompt(events.key("prompt", step), where.by(null), step, text);
    } else {
      events.message(where, step, text);
    }
  }

  private static String observed(
      Part part, Where where, long step, String agent, RunEvents events) {
    String kind = part.text("observation", "");
    Map<?, ?> extras = RunDocument.map(part.map().get("extras"));
    boolean failed = kind.equals("error") && !(part.map().get("cause") instanceof Number);
    if (failed
        || (kind.equals("agent_state_changed") && "error".equals(extras.get("agent_state")))) {
      Object reason = extras.get("reason");
      String text = part.text("content", "");
      String message = text.isEmpty() && reason instanceof String told ? told : text;
      String type =
          extras.get("error_id") instanceof String id && !id.isEmpty() ? id : "agent_error";
      events.error(events.key("error", step), where, step, type, message);
    } else if (kind.equals("delegate")) {
      events.handOver(where, step, agent, "main", RunEvents.utf8Length(part.text("content", "")));
      return "main";
    }
    return agent;
  }

  private static void call(
      Part part,
      Map<?, ?> args,
      String action,
      @Nullable Part result,
      Where where,
      long step,
      RunEvents events) {
    Map<?, ?> meta = RunDocument.map(part.map().get("tool_call_metadata"));
    RunEvents.ToolUse use = new RunEvents.ToolUse();
    Object id = meta.get("tool_call_id");
    use.key = id instanceof String told ? "tool_call:" + told : events.key("tool_call", step);
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
      use.resultStep = RunDocument.integer(result.map(), "id");
      String kind = result.text("observation", "");
      use.errorType = kind.equals("user_rejected") ? EventTypes.REJECTED : "tool_error";
      long ended = Moments.of(result.map());
      long began = Moments.of(part.map());
      if (ended != Timestamps.NONE && began != Timestamps.NONE && ended >= began) {
        use.durationMs = (ended - began) / 1000;
      }
    }
    events.call(where, step, use);
  }

  private static Boolean success(Part result) {
    String kind = result.text("observation", "");
    if (kind.equals("error") || kind.equals("user_rejected")) {
      return false;
    }
    Map<?, ?> extras = RunDocument.map(result.map().get("extras"));
    Object code = extras.get("exit_code");
    if (code == null) {
      code = RunDocument.map(extras.get("metadata")).get("exit_code");
    }
    return !(code instanceof Number number) || number.longValue() == 0;
  }

  private static void response(
      Part part, Where where, long step, Set<String> responses, RunEvents events) {
    Map<?, ?> meta = RunDocument.map(part.map().get("tool_call_metadata"));
    Map<?, ?> response = RunDocument.map(meta.get("model_response"));
    Map<?, ?> used = RunDocument.map(response.get("usage"));
    if (response.get("id") instanceof String id && !used.isEmpty() && responses.add(id)) {
      String model = response.get("model") instanceof String name ? name : null;
      events.response("model_call:" + id + ":", where, step, model, usage(used), Double.NaN);
    }
  }

  /** Usage as OpenAI's API and LiteLLM tell it: {@code prompt_tokens} includes what was cached. */
  static Usage usage(Map<?, ?> used) {
    long read = RunDocument.integer(used, "cache_read_input_tokens");
    if (read == 0) {
      Map<?, ?> details = RunDocument.map(used.get("prompt_tokens_details"));
      read = RunDocument.integer(details, "cached_tokens");
    }
    long write = RunDocument.integer(used, "cache_creation_input_tokens");
    return Usage.ofInclusive(
        RunDocument.integer(used, "prompt_tokens"),
        RunDocument.integer(used, "completion_tokens"),
        read,
        write);
  }
}
