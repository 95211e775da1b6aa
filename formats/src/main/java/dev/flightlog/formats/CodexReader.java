package dev.flightlog.formats;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.usage.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Codex rollouts. A line is an envelope with a payload; in the oldest files the payload
 * stands alone. Usage comes as running totals, often written twice: what a response used is the
 * difference to the total before. What becomes of each line type is told in {@code
 * docs/format/transcripts.md}.
 */
public final class CodexReader implements LineReader {
  private static final int MOST_FAILED = 256;

  private final JsonReader json = new JsonReader();
  private final CodexLine line = new CodexLine();
  private final Rows rows;
  private final Texts texts;
  private final Stories stories;
  private final Sessions sessions;
  private final ToolCalls calls;
  private final ModelCalls responses;
  private final CodexResult result;

  /** Why a call failed, told by an event of its own before the output came. */
  private final Map<String, String> failed = new LinkedHashMap<>();

  private long lastTime;
  private @Nullable String session;
  private @Nullable String story;
  private String agent = ClaudeAgents.MAIN;
  private @Nullable String model;
  private long totalInput;
  private long totalCached;
  private long totalOutput;

  /** Reads a file of this context. */
  public CodexReader(FileContext file, ReaderSettings settings) {
    rows = new Rows(file);
    texts = settings.texts();
    stories = new Stories(settings.story());
    story = stories.of(null, null);
    sessions = new Sessions(rows, "codex");
    calls = new ToolCalls(rows, texts);
    responses = new ModelCalls(rows, settings.prices());
    result = new CodexResult(texts);
    lastTime = file.fallbackTime();
  }

  @Override
  public Outcome read(byte[] bytes, int from, int to, long offset, EventBatch out) {
    line.read(json, bytes, from, to);
    long time = line.time();
    if (time == ClaudeLine.NO_TIME) {
      time = lastTime;
    } else {
      lastTime = time;
    }
    Slices item = line.item;
    String kind = item.string(CodexLine.TYPE);
    String outer = line.type();
    if ("session_meta".equals(outer) || (kind == null && line.isBareMeta())) {
      meta(item);
    }
    Where where = new Where(time, session, story, agent, offset, to - from);
    sessions.met(session, time, story);
    if (outer == null) {
      return Outcome.READ;
    }
    return switch (outer) {
      case "session_meta", "world_state", "inter_agent_communication_metadata" -> Outcome.READ;
      case "turn_context" -> {
        model = texts.name(item, CodexLine.MODEL);
        yield Outcome.READ;
      }
      case "compacted" -> {
        rows.begin(out, Mode.MERGE, key("compaction", where), EventTypes.CONTEXT_COMPACTED, where);
        rows.end(out);
        yield Outcome.READ;
      }
      default -> kind == null ? Outcome.UNKNOWN : item(kind, item, where, out);
    };
  }

  private Outcome item(String kind, Slices item, Where where, EventBatch out) {
    switch (kind) {
      case "function_call", "custom_tool_call", "local_shell_call", "web_search_call" ->
          call(kind, item, where, out);
      case "function_call_output", "custom_tool_call_output" -> output(item, where, out);
      case "exec_command_end" -> {
        long code = item.integer(CodexLine.EXIT_CODE, 0);
        if (code != 0) {
          failed(item, ToolErrors.exitType(Long.toString(code)));
        }
      }
      case "patch_apply_end" -> {
        if (item.has(CodexLine.SUCCESS) && !item.isTrue(CodexLine.SUCCESS)) {
          failed(item, "patch_failed");
        }
      }
      case "mcp_tool_call_end" -> {
        if (item.value(CodexLine.RESULT) instanceof Map<?, ?> map
            && (map.containsKey("Err")
                || (map.get("Ok") instanceof Map<?, ?> ok
                    && Boolean.TRUE.equals(ok.get("isError"))))) {
          failed(item, "mcp_error");
        }
      }
      case "token_count" -> usage(where, out);
      case "user_message" -> said(item, where, out);
      case "turn_aborted" -> {
        if (item.is(CodexLine.REASON, "interrupted")) {
          rows.begin(out, Mode.MERGE, key("interrupt", where), EventTypes.USER_INTERRUPT, where);
          rows.end(out);
        }
      }
      case "error", "stream_error" -> error(item, where, out);
      case "task_complete" -> {
        if (item.isNumber(CodexLine.DURATION_MS)) {
          rows.begin(
              out, Mode.MERGE, key("turn", where), "turn_duration", Category.PERFORMANCE, where);
          out.integer(Field.DURATION_MS, item.integer(CodexLine.DURATION_MS, 0));
          rows.end(out);
        }
      }
      case "message",
          "reasoning",
          "agent_message",
          "agent_reasoning",
          "agent_reasoning_raw_content",
          "agent_reasoning_section_break",
          "task_started",
          "context_compacted",
          "ghost_snapshot",
          "tool_search_call",
          "tool_search_output",
          "web_search_end",
          "exec_command_begin",
          "patch_apply_begin",
          "mcp_tool_call_begin",
          "entered_review_mode",
          "exited_review_mode",
          "item_completed",
          "thread_name_updated",
          "thread_goal_updated",
          "thread_settings_applied",
          "image_generation_call",
          "image_generation_end",
          "guardian_assessment" -> {}
      default -> {
        return Outcome.UNKNOWN;
      }
    }
    return Outcome.READ;
  }

  private void meta(Slices item) {
    String id = texts.name(item, CodexLine.ID);
    if (session == null) {
      session = id;
      story = stories.of(texts.name(line.git, 0), texts.name(item, CodexLine.CWD));
      if (item.isObject(CodexLine.SOURCE)) {
        agent = ClaudeAgents.SUBAGENT;
      }
    } else if (id != null) {
      sessions.met(id, lastTime, story);
    }
  }

  private void call(String kind, Slices item, Where where, EventBatch out) {
    String tool = texts.name(item, CodexLine.NAME);
    if (tool == null && item.isObject(CodexLine.FUNCTION)) {
      tool = texts.name(line.function, 0);
    }
    if (tool == null) {
      tool = kind.substring(0, kind.length() - "_call".length());
    }
    int key =
        item.has(CodexLine.ARGUMENTS)
            ? CodexLine.ARGUMENTS
            : item.has(CodexLine.INPUT) ? CodexLine.INPUT : CodexLine.ACTION;
    byte[] input = line.unwrapped(item, key);
    String id = item.string(CodexLine.CALL_ID);
    int from = input.length == 0 ? -1 : 0;
    if (id == null) {
      calls.callWithoutId(keyless(where), where, tool, input, from, input.length, out);
    } else {
      calls.call(id, where, tool, input, from, input.length, out);
    }
  }

  private void output(Slices item, Where where, EventBatch out) {
    String id = item.string(CodexLine.CALL_ID);
    if (id != null) {
      result.read(item, failed.remove(id));
      calls.result(id, where, result, out);
    }
  }

  private void failed(Slices item, String why) {
    String id = item.string(CodexLine.CALL_ID);
    if (id != null) {
      if (failed.size() >= MOST_FAILED) {
        failed.remove(failed.keySet().iterator().next());
      }
      failed.put(id, why);
    }
  }

  private void usage(Where where, EventBatch out) {
    if (!line.info.isObject(CodexLine.TOTAL)) {
      return;
    }
    long input = line.total.integer(CodexLine.T_INPUT, 0);
    long cached = line.total.integer(CodexLine.T_CACHED, 0);
    long output = line.total.integer(CodexLine.T_OUTPUT, 0);
    boolean restarted = input < totalInput || output < totalOutput;
    long newInput = restarted ? input : input - totalInput;
    long newCached = restarted ? cached : cached - totalCached;
    long newOutput = restarted ? output : output - totalOutput;
    totalInput = input;
    totalCached = cached;
    totalOutput = output;
    if (newInput == 0 && newOutput == 0) {
      return;
    }
    String key =
        session == null
            ? key("model_call", where)
            : "model_call:" + session + ":" + input + "/" + output;
    responses.line(
        key,
        where,
        model,
        Usage.ofInclusive(newInput, newOutput, newCached, 0),
        Double.NaN,
        null,
        line.info.integer(CodexLine.WINDOW, 0),
        out);
  }

  private void said(Slices item, Where where, EventBatch out) {
    String text = item.string(CodexLine.MESSAGE);
    if (text == null || text.startsWith("<environment_context>")) {
      return;
    }
    rows.begin(out, Mode.MERGE, key("prompt", where), EventTypes.USER_PROMPT, where);
    if (texts.keepsContent()) {
      rows.details.key("text");
      texts.text(rows.details, text);
    }
    rows.end(out);
  }

  private void error(Slices item, Where where, EventBatch out) {
    String type = null;
    String text = item.string(CodexLine.MESSAGE);
    if (item.value(CodexLine.ERROR) instanceof Map<?, ?> error) {
      type = error.get("kind") instanceof String kind ? texts.name(kind) : null;
      text = error.get("message") instanceof String message ? message : text;
    } else if (item.isString(CodexLine.ERROR_INFO)) {
      type = texts.name(item, CodexLine.ERROR_INFO);
    }
    rows.begin(out, Mode.MERGE, key("error", where), EventTypes.ERROR, where);
    rows.detail("error_type", type == null ? "unknown" : type).detail("message", texts.name(text));
    rows.end(out);
  }

  private String key(String kind, Where where) {
    return kind + ":" + keyless(where);
  }

  private String keyless(Where where) {
    int from = line.start();
    return rows.file().keylessId(where.offset(), line.bytes(), from, from + where.length());
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    line.read(json, bytes, from, to);
    return line.isEnvelope();
  }

  @Override
  public void flush(EventBatch out) {
    calls.flush(out);
    responses.flush(out);
    sessions.flush(out);
  }

  @Override
  public void save(JsonWriter state) {
    state.key("time").number(lastTime).key("session").value(session).key("story").value(story);
    state.key("agent").string(agent).key("model").value(model);
    state.key("input").number(totalInput).key("cached").number(totalCached);
    state.key("output").number(totalOutput).key("failed").value(failed);
    calls.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lastTime = number(state, "time", lastTime);
    session = (String) state.get("session");
    story = (String) state.get("story");
    agent = state.get("agent") instanceof String name ? name : agent;
    model = (String) state.get("model");
    totalInput = number(state, "input", 0);
    totalCached = number(state, "cached", 0);
    totalOutput = number(state, "output", 0);
    if (state.get("failed") instanceof Map<?, ?> map) {
      map.forEach((id, why) -> failed.put(String.valueOf(id), String.valueOf(why)));
    }
    calls.restore(state);
  }

  private static long number(Map<String, @Nullable Object> state, String key, long otherwise) {
    return state.get(key) instanceof Number number ? number.longValue() : otherwise;
  }

  @Override
  public Set<String> sessions() {
    return sessions.ids();
  }
}
