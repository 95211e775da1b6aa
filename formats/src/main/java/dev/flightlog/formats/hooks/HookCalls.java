package dev.flightlog.formats.hooks;

import dev.flightlog.event.EventIds;
import dev.flightlog.formats.claude.ClaudeNotifications;
import dev.flightlog.formats.claude.ClaudePrompts;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.Texts;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hooks of the form that Claude Code gave them: calls, prompts, agents, and whom they wait for,
 * under the keys that the transcript has for them.
 */
final class HookCalls {
  private static final String ELICITATION = "elicitation";

  /** Tools that do nothing but ask a person: what they need is no running. */
  private static final Set<String> ASKING = Set.of("AskUserQuestion", "ExitPlanMode");

  private final HookProgram program;
  private final Texts texts;
  private final HookState state;
  private final HookResults results;

  HookCalls(HookProgram program, Texts texts, HookState state) {
    this.program = program;
    this.texts = texts;
    this.state = state;
    results = new HookResults(texts);
  }

  void read(HookEvent event, Occurrence.Sink out) {
    switch (event.name()) {
      case "PreToolUse" -> began(event, out);
      case "PermissionRequest" -> permission(event, out);
      case "PostToolUse" -> ended(event, results.worked(event), out);
      case "PostToolUseFailure" -> ended(event, results.failed(event, "error"), out);
      case "PermissionDenied" -> ended(event, results.failed(event, "reason"), out);
      case "PostToolBatch" -> batch(event, out);
      case "UserPromptSubmit" -> prompt(event, out);
      case "Elicitation" -> elicited(event, out);
      case "ElicitationResult" -> {
        answer(elicitation(event), event, event.text("action"), out);
        out.take(event.noted());
      }
      case "Stop", "StopFailure", "Interrupt" -> {
        goesOn(event, event.origin(), out);
        out.take(event.noted());
      }
      case "SubagentStop" -> {
        goesOn(event, event.origin(), out);
        String agent = event.text("agent_id");
        String call = agent == null ? null : state.callOf(agent);
        if (call != null) {
          agentEnded(call, Outcome.WORKED, event.origin(), out);
        }
        out.take(event.noted());
      }
      case "Status" -> Quotas.told(event, out);
      case "SessionEnd" -> {
        goesOn(event, event.origin(), out);
        out.take(event.noted("session_ended"));
      }
      default -> out.take(event.noted());
    }
  }

  private @Nullable String call(HookEvent event, Map<?, ?> fields) {
    String id = fields.get("tool_use_id") instanceof String text && !text.isEmpty() ? text : null;
    return id == null || program != HookProgram.CODEX
        ? id
        : event.origin().of().session() + ":" + id;
  }

  private void began(HookEvent event, Occurrence.Sink out) {
    String call = call(event, event.fields());
    String tool = texts.name(event.text("tool_name"));
    if (call == null) {
      out.take(event.noted());
      return;
    }
    Object input = event.fields().get("tool_input");
    state.asked.began(event.who(), tool, input, call);
    out.take(new Occurrence.ToolCalled(event.origin(), call, tool, Content.value(input)));
    starts(call, tool, input, event.origin(), out);
  }

  private void starts(
      String call,
      @Nullable String tool,
      @Nullable Object input,
      Origin origin,
      Occurrence.Sink out) {
    if (("Agent".equals(tool) || "Task".equals(tool)) && program == HookProgram.CLAUDE) {
      Map<?, ?> task = JsonDocument.map(input);
      String told = texts.name(JsonDocument.text(task, "subagent_type"));
      String type = told == null ? Attribution.SUBAGENT : told;
      state.starts(call, type);
      out.take(
          new Occurrence.AgentStarted(
              origin.by(type),
              "agent_started:" + call,
              texts.name(JsonDocument.text(task, "description"))));
    }
  }

  private void permission(HookEvent event, Occurrence.Sink out) {
    String tool = texts.name(event.text("tool_name"));
    Object input = event.fields().get("tool_input");
    String key = state.asked.permission(event.who(), tool, input);
    state.asked.asked(key, event.who(), event.origin().time());
    out.take(
        new Occurrence.PersonAsked(event.origin(), key, "permission", tool, Content.value(input)));
  }

  private void elicited(HookEvent event, Occurrence.Sink out) {
    String key = elicitation(event);
    state.asked.asked(key, event.who() + "#" + ELICITATION, event.origin().time());
    out.take(
        new Occurrence.PersonAsked(
            event.origin(),
            key,
            ELICITATION,
            texts.name(event.text("mcp_server_name")),
            Content.text(event.text("message"))));
  }

  private static String elicitation(HookEvent event) {
    String id = event.text("elicitation_id");
    String of = id == null ? "server:" + event.text("mcp_server_name") : id;
    return "asked:" + ELICITATION + ":" + event.origin().of().session() + ":" + of;
  }

  private void answer(String key, HookEvent event, @Nullable String answer, Occurrence.Sink out) {
    if (state.asked.answered(key) >= 0) {
      out.take(new Occurrence.PersonAnswered(event.origin(), key, texts.name(answer)));
    }
  }

  /** What an agent waited for is over when it goes on with something else. */
  private void goesOn(HookEvent event, Origin at, Occurrence.Sink out) {
    for (String key : state.asked.closed(event.who())) {
      out.take(new Occurrence.PersonAnswered(at, key, null));
    }
  }

  private void ended(HookEvent event, HookResults.Result result, Occurrence.Sink out) {
    String call = call(event, event.fields());
    if (call == null) {
      out.take(event.noted());
      return;
    }
    String tool = texts.name(event.text("tool_name"));
    boolean asks = tool != null && ASKING.contains(tool);
    long running = asks ? -1 : event.millis("duration_ms");
    Origin end = event.origin();
    Origin begin = running > 0 && end.timed() ? end.at(end.time() - running * 1000) : end;
    String key = "asked:" + call;
    long askedAt = state.asked.answered(key);
    if (askedAt >= 0) {
      String answer = event.name().equals("PermissionDenied") ? "reject" : "accept";
      out.take(new Occurrence.PersonAnswered(begin, key, answer));
    }
    out.take(new Occurrence.ToolCalled(begin, call, tool, event.content("tool_input")));
    out.take(
        new Occurrence.ToolReturned(
            end,
            call,
            result.outcome(),
            result.output(),
            running,
            running >= 0,
            asks ? -1 : waited(event, askedAt, begin)));
    state.ended(call);
    if (result.agentId() != null && result.outcome() instanceof Outcome.Running) {
      state.inBackground(result.agentId(), call);
    }
    agentEnded(call, result.outcome(), end, out);
  }

  /** A client that names prompts tells of every request for permission: without one, none was. */
  private static long waited(HookEvent event, long askedAt, Origin begin) {
    if (askedAt >= 0) {
      return Math.max(0, (begin.time() - askedAt) / 1000);
    }
    return event.text("prompt_id") == null ? -1 : 0;
  }

  private void agentEnded(String call, Outcome outcome, Origin origin, Occurrence.Sink out) {
    String type = state.started(call);
    if (type != null && !(outcome instanceof Outcome.Running)) {
      out.take(
          new Occurrence.AgentEnded(
              origin.by(type),
              "agent_finished:" + call,
              outcome.success(),
              -1,
              null,
              Content.NONE,
              Map.of()));
    }
  }

  /** The results as the model sees them, also of calls that were refused before they ran. */
  private void batch(HookEvent event, Occurrence.Sink out) {
    if (!(event.fields().get("tool_calls") instanceof List<?> list)) {
      out.take(event.noted());
      return;
    }
    Origin at = event.origin();
    for (Object each : list) {
      Map<?, ?> one = JsonDocument.map(each);
      String call = call(event, one);
      if (call == null) {
        continue;
      }
      Content text = HookResults.text(one.get("tool_response"));
      if (state.hasEnded(call)) {
        Origin untimed = new Origin(at.time(), false, at.of(), 0, 0);
        out.take(new Occurrence.ToolReturned(untimed, call, Outcome.UNTOLD, text, -1));
      } else {
        String key = "asked:" + call;
        if (state.asked.answered(key) >= 0) {
          out.take(new Occurrence.PersonAnswered(at, key, "reject"));
        }
        String tool = texts.name(JsonDocument.text(one, "tool_name"));
        Content input = Content.value(one.get("tool_input"));
        out.take(new Occurrence.ToolCalled(at, call, tool, input));
        out.take(new Occurrence.ToolReturned(at, call, results.refused(text), text, -1));
        state.ended(call);
      }
    }
    goesOn(event, at, out);
  }

  private void prompt(HookEvent event, Occurrence.Sink out) {
    goesOn(event, event.origin(), out);
    String text = event.text("prompt");
    String id = event.text("prompt_id");
    if (text == null || program == HookProgram.CODEX) {
      out.take(event.noted());
    } else if (ClaudeNotifications.isIn(text)) {
      ClaudeNotifications.read(text, event.origin(), this::agentEnded, out);
    } else if (!ClaudePrompts.isInjected(text)) {
      String key = "prompt:" + (id == null ? EventIds.ofKey(event.id()) : id);
      out.take(new Occurrence.Prompted(event.origin(), key, Content.text(text), null));
    }
  }
}
