package dev.flightlog.formats.trajectory;

import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.JsonDocument.Part;
import dev.flightlog.formats.reading.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs told as lists of messages with {@code role} and {@code content}: exports of chats, tau-bench
 * (a list of tasks with their messages under {@code traj} and a {@code reward}), and whoever else
 * keeps what goes to a model's API and comes back. Calls are read as OpenAI's and Anthropic's APIs
 * write them; whether they worked is told only where a result says {@code is_error} or begins with
 * an error. Stateless.
 */
final class MessageRuns {
  private static final String[] LISTS = {
    "messages",
    "traj",
    "trajectory",
    "conversation",
    "conversations",
    "history",
    "chat",
    "turns",
    "simulation",
    "dialogue"
  };
  private static final Set<String> PERSON = Set.of("user", "human");
  private static final Set<String> SILENT = Set.of("system", "developer");
  private static final Set<String> TOOL = Set.of("tool", "function", "ipython", "observation");

  private MessageRuns() {}

  /** Makes the occurrences of a run. */
  interface Runs {
    RunEvents of(String id, String session);
  }

  static boolean is(JsonDocument document) {
    if (isMessage(document.first(""))) {
      return true;
    }
    for (String list : LISTS) {
      if (isMessage(document.first(list)) || isMessage(first(document.first("").get(list)))) {
        return true;
      }
    }
    return document.has("role") && document.has("content");
  }

  private static Map<?, ?> first(@Nullable Object list) {
    return list instanceof List<?> all && !all.isEmpty()
        ? JsonDocument.map(all.getFirst())
        : Map.of();
  }

  private static boolean isMessage(Map<?, ?> map) {
    boolean role = map.get("role") instanceof String || map.get("from") instanceof String;
    return role
        && (map.containsKey("content")
            || map.containsKey("value")
            || map.containsKey("tool_calls"));
  }

  static void read(JsonDocument document, Runs runs, String client) {
    String hash = document.hash().substring(0, 12);
    Part whole = new Part(Map.of(), 0, document.length());
    if (document.has("role") && document.has("content")) {
      Map<String, @Nullable Object> single = new HashMap<>();
      for (String key : List.of("role", "content", "name", "tool_calls", "tool_call_id")) {
        single.put(key, document.member(key));
      }
      run(List.of(new Part(single, 0, document.length())), document.map(""), hash, runs, client);
      return;
    }
    if (isMessage(document.first(""))) {
      run(document.parts(""), Map.of(), hash, runs, client);
      return;
    }
    for (String list : LISTS) {
      if (isMessage(document.first(list))) {
        Map<String, @Nullable Object> about = new HashMap<>();
        for (String key :
            List.of("reward", "task_id", "trial", "id", "session_id", "sessionId", "success")) {
          about.put(key, document.member(key));
        }
        run(document.parts(list), about, hash, runs, client);
        return;
      }
    }
    int place = 0;
    for (Part one : document.parts("")) {
      for (String list : LISTS) {
        if (isMessage(first(one.map().get(list))) && one.map().get(list) instanceof List<?> all) {
          List<Part> messages = new ArrayList<>();
          for (Object each : all) {
            messages.add(new Part(JsonDocument.map(each), one.offset(), one.length()));
          }
          run(messages, one.map(), hash + "-" + place, runs, client);
          break;
        }
      }
      place++;
    }
    if (place == 0) {
      run(List.of(whole), Map.of(), hash, runs, client);
    }
  }

  private static void run(
      List<Part> messages, Map<?, ?> about, String id, Runs runs, String client) {
    String told = name(about, about.get("session_id") == null ? "sessionId" : "session_id");
    String session = told == null ? "messages-" + id : told;
    RunEvents events = runs.of(id, session).task(name(about, "task_id"));
    Map<String, RunEvents.ToolUse> open = new HashMap<>();
    int step = 0;
    for (Part message : messages) {
      step = message.map().get("index") instanceof Number index ? index.intValue() : step;
      message(message, step, events, open);
      step++;
    }
    Part last = messages.isEmpty() ? new Part(Map.of(), 0, 0) : messages.getLast();
    open.values()
        .forEach(use -> events.call(events.origin(last, Attribution.MAIN), use.resultStep, use));
    Object reward = about.get("reward") == null ? about.get("success") : about.get("reward");
    if (reward instanceof Number number) {
      events.taskEnded(events.origin(last, null), step, number.doubleValue() >= 1);
    } else if (reward instanceof Boolean success) {
      events.taskEnded(events.origin(last, null), step, success);
    }
    events.met(client);
  }

  private static @Nullable String name(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? null : String.valueOf(value);
  }

  private static void message(
      Part part, int step, RunEvents events, Map<String, RunEvents.ToolUse> open) {
    String role = part.text("role", part.text("from", ""));
    Object content =
        part.map().get("content") == null ? part.map().get("value") : part.map().get("content");
    String text = JsonDocument.plain(content);
    String agent = part.text("name", Attribution.MAIN);
    if (SILENT.contains(role)) {
      return;
    }
    if (TOOL.contains(role)) {
      String id = part.text("tool_call_id", part.text("id", ""));
      returned(part, step, id, text, part.map().get("is_error"), events, open);
      return;
    }
    boolean person = PERSON.contains(role) && !part.map().containsKey("name");
    Origin origin = events.origin(part, person ? null : agent, Times.of(part.map()));
    boolean results = blocks(content, part, step, origin, events, open);
    if (person) {
      if (!results && !text.isBlank()) {
        events.prompt(events.key("prompt", step), origin, step, text);
      }
      return;
    }
    if (!text.isBlank()) {
      events.message(origin, step, text);
    }
    if (part.map().get("tool_calls") instanceof List<?> calls) {
      for (int i = 0; i < calls.size(); i++) {
        Map<?, ?> call = JsonDocument.map(calls.get(i));
        Map<?, ?> function =
            call.get("function") == null ? call : JsonDocument.map(call.get("function"));
        called(
            call.get("id"),
            function.get("name"),
            arguments(function),
            step,
            i,
            origin,
            events,
            open);
      }
    }
    Map<?, ?> single = JsonDocument.map(part.map().get("function_call"));
    if (!single.isEmpty()) {
      called(null, single.get("name"), arguments(single), step, 0, origin, events, open);
    }
  }

  private static @Nullable Object arguments(Map<?, ?> function) {
    return function.get("arguments") == null ? function.get("input") : function.get("arguments");
  }

  /** Blocks as Anthropic's API has them; answers whether there is a result among them. */
  private static boolean blocks(
      @Nullable Object content,
      Part part,
      int step,
      Origin origin,
      RunEvents events,
      Map<String, RunEvents.ToolUse> open) {
    boolean results = false;
    List<?> blocks = content instanceof List<?> list ? list : List.of();
    for (int i = 0; i < blocks.size(); i++) {
      Map<?, ?> block = JsonDocument.map(blocks.get(i));
      if ("tool_use".equals(block.get("type"))) {
        called(
            block.get("id"), block.get("name"), block.get("input"), step, i, origin, events, open);
      } else if ("tool_result".equals(block.get("type"))) {
        results = true;
        String text = JsonDocument.plain(block.get("content"));
        String id = String.valueOf(block.get("tool_use_id"));
        returned(part, step, id, text, block.get("is_error"), events, open);
      }
    }
    return results;
  }

  private static void called(
      @Nullable Object id,
      @Nullable Object tool,
      @Nullable Object input,
      int step,
      int place,
      Origin origin,
      RunEvents events,
      Map<String, RunEvents.ToolUse> open) {
    RunEvents.ToolUse use = new RunEvents.ToolUse();
    use.id = events.call(step) + ":" + place;
    use.tool = tool instanceof String name ? name : null;
    use.input = input;
    use.resultStep = step;
    use.origin = origin;
    open.put(id instanceof String told ? told : "", use);
  }

  private static void returned(
      Part part,
      int step,
      String id,
      String text,
      @Nullable Object isError,
      RunEvents events,
      Map<String, RunEvents.ToolUse> open) {
    RunEvents.ToolUse use = open.remove(id);
    if (use == null && open.size() == 1) {
      String only = open.keySet().iterator().next();
      use = open.remove(only);
    }
    if (use == null) {
      use = new RunEvents.ToolUse();
      use.id = events.call(step) + ":0";
      use.tool = part.text("name");
    }
    use.output = text;
    if (isError instanceof Boolean failed) {
      use.success = !failed;
    } else if (text.stripLeading().startsWith("Error") || text.contains("Traceback (most recent")) {
      use.success = false;
    }
    Origin origin = use.origin == null ? events.origin(part, Attribution.MAIN) : use.origin;
    long called = use.resultStep < 0 ? step : use.resultStep;
    use.resultStep = step;
    events.call(origin, called, use);
  }
}
