package dev.flightlog.formats.codex;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.occurrence.Stories;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonField;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.StrangeFields;
import dev.flightlog.formats.reading.Texts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads Codex rollouts. A line is an envelope with a payload; in the oldest files the payload
 * stands alone. What becomes of each line type is told in docs/format.
 */
public final class CodexReader implements OccurrenceReader {
  static final String CLIENT = "codex";

  private final JsonReader json = new JsonReader();
  private final CodexLine line = new CodexLine();
  private final CodexThread thread = new CodexThread();
  private final FileContext file;
  private final Texts texts;
  private final Stories stories;
  private final Projects projects;
  private final CodexUsage usage;
  private final CodexResult result;

  private final CodexFailures failures = new CodexFailures();
  private final StrangeFields strange = new StrangeFields();
  private long lastTime;
  private long turnStarted = Timestamps.NONE;
  private @Nullable String story;
  private @Nullable String project;
  private String agent = Attribution.MAIN;
  private Attribution of = Attribution.NONE;

  /** Reads a file of this context. */
  public CodexReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    texts = settings.texts();
    stories = settings.stories();
    projects = settings.projects();
    story = stories.of(null, null);
    of = Attribution.of(null, story, null, agent);
    usage = new CodexUsage(line, texts, thread);
    result = new CodexResult(texts);
    lastTime = file.fallbackTime();
  }

  @Override
  public Map<String, Long> strangeFields() {
    return strange.counts();
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    line.read(json, bytes, from, to);
    line.strange(strange);
    long told = line.time();
    lastTime = told == Timestamps.NONE ? lastTime : told;
    String kind = line.kind.string();
    String outer = line.type();
    boolean meta = "session_meta".equals(outer) || (kind == null && line.isBareMeta());
    if (meta) {
      meta(offset, to - from, out);
    } else {
      thread.line(lastTime, line.turnId.string());
    }
    attribute();
    boolean timed = told != Timestamps.NONE && !thread.isReplay();
    Origin origin = new Origin(lastTime, timed, of, offset, to - from);
    if (of.session() != null && !thread.isReplay() && !meta) {
      out.take(new Occurrence.SessionMet(origin, CLIENT));
    }
    if (outer == null || meta) {
      return Reading.KNOWN;
    }
    return switch (outer) {
      case "world_state",
          "security_risk_score",
          "inter_agent_communication",
          "inter_agent_communication_metadata",
          "realtime_item",
          "token_usage_record",
          "turn_context",
          "compacted" -> {
        envelope(outer, origin, out);
        yield Reading.KNOWN;
      }
      case "response_item", "event_msg" ->
          kind == null ? Reading.unknown(outer + " without type") : item(kind, origin, out);
      default ->
          line.isEnvelope() || kind == null ? Reading.unknown(outer) : item(kind, origin, out);
    };
  }

  private void envelope(String outer, Origin origin, Occurrence.Sink out) {
    switch (outer) {
      case "turn_context" -> usage.turn();
      case "token_usage_record" -> usage.record(origin, out);
      case "compacted" -> {
        usage.compacted(origin, out);
        out.take(new Occurrence.Compacted(origin, key("compaction", origin), null, null));
      }
      default -> {}
    }
  }

  private Reading item(String kind, Origin origin, Occurrence.Sink out) {
    switch (kind) {
      case "function_call", "custom_tool_call", "local_shell_call", "web_search_call" ->
          call(kind, origin, out);
      case "function_call_output", "custom_tool_call_output" -> output(origin, out);
      case "exec_command_end" -> {
        long code = line.exitCode.integer(0);
        if (code != 0) {
          failures.add(line.callId.string(), ErrorClasses.exitType(Long.toString(code)));
        }
      }
      case "patch_apply_end" -> {
        if (line.success.isFalse()) {
          failures.add(line.callId.string(), "patch_failed");
        }
      }
      case "mcp_tool_call_end" -> {
        if (line.result.value() instanceof Map<?, ?> map
            && (map.containsKey("Err")
                || (map.get("Ok") instanceof Map<?, ?> ok
                    && Boolean.TRUE.equals(ok.get("isError"))))) {
          failures.add(line.callId.string(), "mcp_error");
        }
      }
      case "token_count" -> usage.count(origin, out);
      case "token_usage_record" -> usage.record(origin, out);
      case "item_completed" -> {
        return completed(line.completed, origin, out);
      }
      case "user_message" -> {
        String text = line.message.string();
        if (text != null && line.completed.isFirstAsking(false, text)) {
          asked(text, key("prompt", origin), origin, out);
        }
      }
      case "agent_message" -> {
        String text = line.message.string();
        if (text != null && line.completed.isFirstSaying(false, text)) {
          out.take(new Occurrence.Said(origin, key("said", origin), line.message.content()));
        }
      }
      case "turn_aborted" -> {
        turnStarted = Timestamps.NONE;
        if (line.reason.is("interrupted")) {
          out.take(new Occurrence.Interrupted(origin, key("interrupt", origin)));
        }
      }
      case "error", "stream_error" -> error(origin, out);
      case "task_started", "turn_started" ->
          turnStarted = origin.timed() ? origin.time() : Timestamps.NONE;
      case "task_complete", "turn_complete" -> turnEnded(origin, out);
      case "message",
          "reasoning",
          "agent_reasoning",
          "agent_reasoning_raw_content",
          "agent_reasoning_section_break",
          "context_compacted",
          "compaction",
          "compaction_summary",
          "ghost_snapshot",
          "tool_search_call",
          "tool_search_output",
          "web_search_begin",
          "web_search_end",
          "exec_command_begin",
          "patch_apply_begin",
          "mcp_tool_call_begin",
          "entered_review_mode",
          "exited_review_mode",
          "thread_name_updated",
          "thread_goal_updated",
          "thread_settings_applied",
          "thread_rolled_back",
          "image_generation_call",
          "image_generation_end",
          "guardian_assessment",
          "world_state",
          "security_risk_score",
          "inter_agent_communication",
          "inter_agent_communication_metadata",
          "realtime_item" -> {}
      default -> {
        return Reading.unknown(kind);
      }
    }
    return Reading.KNOWN;
  }

  private void meta(long offset, int length, Occurrence.Sink out) {
    String id = texts.name(line.id);
    boolean child = line.forkedFrom.isString() || line.source.isObject();
    long started = CodexLine.time(line.started);
    String version = null;
    if (thread.meta(id, child)) {
      version = texts.name(line.version);
      String folder = texts.name(line.cwd);
      story = stories.of(texts.name(line.branch), folder);
      project = projects.of(folder);
      agent = String.valueOf(texts.name(CodexThread.agent(line.source.value())));
    } else {
      thread.line(lastTime, null);
    }
    attribute();
    if (of.session() != null) {
      boolean own = !thread.isReplay();
      long time = own && started != Timestamps.NONE ? started : lastTime;
      out.take(
          new Occurrence.SessionMet(new Origin(time, own, of, offset, length), CLIENT, version));
    }
  }

  private void attribute() {
    String session = thread.session();
    String by = thread.isReplay() ? Attribution.MAIN : agent;
    if (!java.util.Objects.equals(session, of.session()) || !by.equals(of.agent())) {
      of = Attribution.of(session, story, project, by);
    }
  }

  private void call(String kind, Origin origin, Occurrence.Sink out) {
    String tool = texts.name(line.name);
    if (tool == null && line.function.isObject()) {
      tool = texts.name(line.functionName);
    }
    if (tool == null) {
      tool = kind.substring(0, kind.length() - "_call".length());
    }
    JsonField given =
        line.arguments.has() ? line.arguments : line.input.has() ? line.input : line.action;
    byte[] bytes = line.unwrapped(given);
    Content input = bytes.length == 0 ? Content.NONE : new Content(bytes, 0, bytes.length);
    String id = line.callId.string();
    if (id == null) {
      String own = dev.flightlog.event.EventIds.ofKey(key("tool_call", origin));
      out.take(new Occurrence.ToolCalled(origin, null, own, tool, input));
    } else {
      out.take(new Occurrence.ToolCalled(origin, thread.call(id), tool, input));
    }
  }

  private void output(Origin origin, Occurrence.Sink out) {
    String id = line.callId.string();
    if (id != null) {
      Outcome outcome = result.read(line.output.value(), failures.remove(id));
      out.take(
          new Occurrence.ToolReturned(
              origin, thread.call(id), outcome, result.output(), result.runningMs()));
    }
  }

  private Reading completed(CodexItem item, Origin origin, Occurrence.Sink out) {
    String id = item.id.string();
    switch (item.kind()) {
      case PROMPT -> {
        String text = item.text();
        if (item.isFirstAsking(true, text)) {
          asked(text, itemKey("prompt", origin), origin, out);
        }
      }
      case ANSWER -> {
        String text = item.text();
        if (!text.isEmpty() && item.isFirstSaying(true, text)) {
          out.take(new Occurrence.Said(origin, itemKey("said", origin), Content.text(text)));
        }
      }
      case COMMAND -> {
        if (item.exit() != 0) {
          failures.add(id, ErrorClasses.exitType(Long.toString(item.exit())));
        }
      }
      case PATCH -> {
        if (item.hasFailed()) {
          failures.add(id, "patch_failed");
        }
      }
      case MCP_CALL -> {
        if (item.hasFailed()) {
          failures.add(id, "mcp_error");
        }
      }
      case OTHER -> {}
      case UNKNOWN -> {
        return Reading.unknown(item.name());
      }
    }
    return Reading.KNOWN;
  }

  /** What a spawned agent is asked for comes from an agent, not from a person. */
  private void asked(String text, String key, Origin origin, Occurrence.Sink out) {
    if (text.isEmpty()
        || text.startsWith("<environment_context>")
        || !Attribution.MAIN.equals(origin.of().agent())) {
      return;
    }
    out.take(new Occurrence.Prompted(origin, key, Content.text(text), null));
  }

  private void turnEnded(Origin origin, Occurrence.Sink out) {
    long told = line.durationMs.integer(-1);
    boolean known = turnStarted != Timestamps.NONE && origin.time() >= turnStarted;
    long measured = known ? (origin.time() - turnStarted) / 1000 : -1;
    turnStarted = Timestamps.NONE;
    if (told >= 0 || measured >= 0) {
      out.take(new Occurrence.TurnEnded(origin, key("turn", origin), told >= 0 ? told : measured));
    }
  }

  private void error(Origin origin, Occurrence.Sink out) {
    String type = null;
    String text = line.message.string();
    if (line.error.value() instanceof Map<?, ?> error) {
      type = error.get("kind") instanceof String kind ? texts.name(kind) : null;
      text = error.get("message") instanceof String message ? message : text;
    } else if (line.errorInfo.isString()) {
      type = texts.name(line.errorInfo);
    }
    String message = texts.name(text);
    ErrorClass error =
        new ErrorClass(type == null ? ErrorClass.UNKNOWN : type, message == null ? "" : message);
    out.take(new Occurrence.ErrorMet(origin, key("error", origin), error, null));
  }

  private String key(String kind, Origin origin) {
    int from = line.start();
    if (thread.session() == null) {
      return kind
          + ":"
          + file.keylessId(origin.offset(), line.bytes(), from, from + origin.length());
    }
    return thread.key(
        kind, line.bytes(), line.payloadFrom(), line.payloadTo(from + origin.length()));
  }

  /** The key of an item, which says the same in a replay though the times around it are new. */
  private String itemKey(String kind, Origin origin) {
    JsonField item = line.completed.field;
    return thread.session() == null
        ? key(kind, origin)
        : thread.key(kind, line.bytes(), item.from(), item.to());
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    line.read(json, bytes, from, to);
    return line.isEnvelope();
  }

  @Override
  public void save(JsonWriter state) {
    state.key("time").number(lastTime).key("turn").number(turnStarted);
    state.key("story").value(story).key("project").value(project);
    state.key("agent").string(agent);
    failures.save(state);
    thread.save(state);
    usage.save(state);
    line.completed.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lastTime = state.get("time") instanceof Number time ? time.longValue() : lastTime;
    turnStarted = state.get("turn") instanceof Number time ? time.longValue() : Timestamps.NONE;
    story = (String) state.get("story");
    project = (String) state.get("project");
    agent = state.get("agent") instanceof String name ? name : agent;
    failures.restore(state);
    thread.restore(state);
    usage.restore(state);
    line.completed.restore(state);
    of = Attribution.of(null, null, null, null);
    attribute();
  }
}
