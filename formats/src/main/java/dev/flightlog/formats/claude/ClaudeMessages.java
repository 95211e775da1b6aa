package dev.flightlog.formats.claude;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.EventKeys;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Occurrence.ModelAnswered;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonField;
import dev.flightlog.formats.reading.JsonFields;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RunTotals;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Usage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The messages of Claude Code: tool calls and their results, usage, what person and agent said.
 * What the program itself put into a user message (hook feedback, command output, reminders,
 * summaries) is no prompt.
 */
final class ClaudeMessages {
  private final FileContext file;
  private final Texts texts;
  private final ClaudeAgents agents;
  private final RunTotals totals;
  private final ClaudeResult result;
  private final JsonReader json = new JsonReader();
  private final JsonFields task = new JsonFields();
  private final JsonField taskType = task.field("subagent_type");
  private final JsonField taskPrompt = task.field("prompt");
  private final JsonField taskDescription = task.field("description");

  private final ClaudePermissions permissions;

  /** The prompt id met last on a line of a person. */
  private @Nullable String lastPrompt;

  ClaudeMessages(
      FileContext file,
      Texts texts,
      ClaudeAgents agents,
      RunTotals totals,
      ClaudePermissions permissions) {
    this.permissions = permissions;
    this.file = file;
    this.texts = texts;
    this.agents = agents;
    this.totals = totals;
    result = new ClaudeResult(texts);
  }

  void save(JsonWriter state) {
    if (lastPrompt != null) {
      state.key("prompt").string(lastPrompt);
    }
  }

  void restore(Map<String, @Nullable Object> state) {
    lastPrompt = state.get("prompt") instanceof String id ? id : null;
  }

  /** A message, on a line of its own or wrapped in a progress line. */
  Reading read(
      ClaudeLine line, ClaudeMessage message, Origin origin, boolean wrapped, Occurrence.Sink out) {
    boolean assistant =
        message.role.has() ? message.role.is("assistant") : line.type.is("assistant");
    if (assistant && message.usage.isObject()) {
      usage(line, message, origin, wrapped, out);
    }
    Reading reading = Reading.KNOWN;
    boolean hasResult = false;
    if (message.content.isArray()) {
      for (int i = 0; i < message.blocks.size(); i++) {
        ClaudeMessage.Block block = message.blocks.get(i);
        String type = block.type.string();
        switch (type == null ? "" : type) {
          case "tool_use", "server_tool_use", "mcp_tool_use" -> {
            if (assistant) {
              call(line, block, message.blocks.place(i), origin, out);
            }
          }
          case "tool_result" -> {
            hasResult = true;
            result(line, block, origin, out);
          }
          case "text" -> {
            if (assistant && !line.tellsApiError()) {
              said(line, block.text, message.blocks.place(i), origin, wrapped, out);
            }
          }
          case "thinking" -> {
            if (assistant) {
              out.take(new Occurrence.Thought(origin, block.thinking.content()));
            }
          }
          case "",
              "redacted_thinking",
              "image",
              "document",
              "tool_reference",
              "fallback",
              "web_search_tool_result",
              "web_fetch_tool_result",
              "code_execution_tool_result",
              "bash_code_execution_tool_result",
              "text_editor_code_execution_tool_result",
              "mcp_tool_result",
              "search_result",
              "container_upload" -> {}
          default -> reading = Reading.unknown("content block " + type);
        }
      }
    } else if (assistant && message.content.isString() && !line.tellsApiError()) {
      said(line, message.content, 0, origin, wrapped, out);
    }
    if (!assistant && !hasResult && !wrapped) {
      asked(line, message, origin, out);
    }
    return reading;
  }

  private void usage(
      ClaudeLine line, ClaudeMessage message, Origin origin, boolean wrapped, Occurrence.Sink out) {
    String model = texts.name(message.model);
    if ("<synthetic>".equals(model)) {
      return;
    }
    String id = message.id.string();
    String request = request(line, wrapped);
    String key =
        id == null ? "model_call:" + keyless(line, origin, 0) : EventKeys.modelCall(id, request);
    ModelAnswered answer =
        new ModelAnswered(
            origin,
            key,
            model,
            message.counts.usage(),
            wrapped ? Double.NaN : line.costUsd.real(Double.NaN),
            texts.name(message.stopReason),
            0);
    out.take(answer);
    if (line.isStream()) {
      totals.step(answer);
    }
    if (message.counts.iterations.isArray()) {
      iterations(message.counts.iterations, answer, out);
    }
  }

  private static @Nullable String request(ClaudeLine line, boolean wrapped) {
    if (wrapped) {
      return line.wrappedRequestId.string();
    }
    String id = line.requestId.string();
    return id == null ? line.streamRequestId.string() : id;
  }

  /** The usages of other models that took part, which the response's own does not hold. */
  private void iterations(JsonField list, ModelAnswered answer, Occurrence.Sink out) {
    if (!(list.value() instanceof List<?> all)) {
      return;
    }
    for (int i = 0; i < all.size(); i++) {
      if (!(all.get(i) instanceof Map<?, ?> one) || !"advisor_message".equals(one.get("type"))) {
        continue;
      }
      String model = one.get("model") instanceof String name ? texts.name(name) : null;
      Object hour =
          one.get("cache_creation") instanceof Map<?, ?> map
              ? map.get("ephemeral_1h_input_tokens")
              : null;
      Usage usage =
          new Usage(
              number(one.get("input_tokens")),
              number(one.get("output_tokens")),
              number(one.get("cache_read_input_tokens")),
              number(one.get("cache_creation_input_tokens")),
              number(hour),
              0,
              answer.usage().billing());
      if (usage.total() > 0) {
        String key = answer.key() + ":advisor:" + i;
        ModelAnswered other =
            new ModelAnswered(answer.origin(), key, model, usage, Double.NaN, null, 0);
        out.take(other);
        totals.step(other);
      }
    }
  }

  private static long number(@Nullable Object value) {
    return value instanceof Number number ? number.longValue() : 0;
  }

  private void call(
      ClaudeLine line, ClaudeMessage.Block block, int place, Origin origin, Occurrence.Sink out) {
    String id = block.id.string();
    String tool = texts.name(block.name);
    Content input = block.input.content();
    if (id == null) {
      String own = keyless(line, origin, place);
      out.take(new Occurrence.ToolCalled(origin, null, own, tool, input));
      return;
    }
    out.take(new Occurrence.ToolCalled(origin, id, tool, input));
    boolean startsAgent = "Task".equals(tool) || "Agent".equals(tool);
    if (startsAgent && block.input.isObject()) {
      task.read(json.reset(input.bytes(), input.from(), input.to()));
      String told = texts.name(taskType);
      String type = told == null ? Attribution.SUBAGENT : told;
      agents.started(id, type, taskPrompt.string());
      out.take(
          new Occurrence.AgentStarted(
              origin.by(type), "agent_started:" + id, texts.name(taskDescription)));
    }
  }

  private void result(
      ClaudeLine line, ClaudeMessage.Block block, Origin origin, Occurrence.Sink out) {
    String id = block.toolUseId.string();
    if (id == null) {
      return;
    }
    result.read(line, block);
    Outcome outcome = result.outcome();
    long running = -1;
    if (line.outcome.isObject()) {
      String agentId = line.outcomeAgent.string();
      if (agentId != null) {
        agents.named(agentId, id);
      }
      running =
          line.outcomeDuration.isNumber()
              ? line.outcomeDuration.integer(-1)
              : line.outcomeTotalDuration.integer(-1);
    }
    long permitted = permissions.runningMs(line, id, origin);
    out.take(
        new Occurrence.ToolReturned(
            origin, id, outcome, result.output(), running >= 0 ? running : permitted));
    agentEnded(id, outcome, origin, out);
  }

  /** The end of a subagent, when the call with this id started one. */
  void agentEnded(String id, Outcome outcome, Origin origin, Occurrence.Sink out) {
    String agent = agents.typeOf(id);
    if (agent != null && !(outcome instanceof Outcome.Running)) {
      out.take(
          new Occurrence.AgentEnded(
              origin.by(agent),
              "agent_finished:" + id,
              outcome.success(),
              -1,
              null,
              Content.NONE,
              Map.of()));
    }
  }

  private void said(
      ClaudeLine line,
      JsonField text,
      int place,
      Origin origin,
      boolean wrapped,
      Occurrence.Sink out) {
    if (!text.isString() || text.to() - text.from() == 2) {
      return;
    }
    String uuid = wrapped ? null : line.uuid.string();
    String own = uuid == null ? keyless(line, origin, 0) : uuid;
    out.take(new Occurrence.Said(origin, "said:" + own + ":" + place, text.content()));
  }

  private void asked(ClaudeLine line, ClaudeMessage message, Origin origin, Occurrence.Sink out) {
    if (!line.type.is("user")
        || line.isMeta.isTrue()
        || line.isCompactSummary.isTrue()
        || line.isTranscriptOnly.isTrue()
        || line.sourceToolUse.isString()) {
      return;
    }
    String text = text(message);
    if (text == null) {
      return;
    }
    String uuid = line.uuid.string();
    String own = uuid == null ? keyless(line, origin, 0) : uuid;
    String promptId = line.promptId.string();
    boolean first = promptId != null && !promptId.equals(lastPrompt);
    lastPrompt = promptId == null ? lastPrompt : promptId;
    if (ClaudePrompts.isInterrupt(text)) {
      out.take(new Occurrence.Interrupted(origin, "interrupt:" + own));
      return;
    }
    if (line.isSubagent() || isNotification(line)) {
      return;
    }
    String command = ClaudePrompts.command(text);
    if (command != null) {
      String typed = ClaudePrompts.typed(command, text);
      out.take(
          new Occurrence.Prompted(
              origin, "command:" + own, Content.text(typed), texts.name(command)));
    } else if (!ClaudePrompts.isInjected(text)) {
      // Hooks and telemetry know a prompt by its prompt id; what follows under the same has its
      // own.
      String id = first && promptId != null ? promptId : own;
      out.take(new Occurrence.Prompted(origin, "prompt:" + id, Content.text(text), null));
    }
  }

  static @Nullable String text(ClaudeMessage message) {
    if (message.content.isString()) {
      return message.content.string();
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < message.blocks.size(); i++) {
      ClaudeMessage.Block block = message.blocks.get(i);
      String part = block.type.is("text") ? block.text.string() : null;
      if (part != null && !part.startsWith("<system-reminder>")) {
        text.append(text.isEmpty() ? "" : "\n").append(part);
      }
    }
    return text.isEmpty() ? null : text.toString();
  }

  static boolean isNotification(ClaudeLine line) {
    String kind = line.origin.isObject() ? line.originKind.string() : null;
    return kind != null && kind.endsWith("-notification");
  }

  private String keyless(ClaudeLine line, Origin origin, int place) {
    int from = line.top.start();
    String id = file.keylessId(origin.offset(), line.top.bytes(), from, from + origin.length());
    return place == 0 ? id : file.keylessPart(id, place);
  }
}
