package dev.flightlog.formats.copilot;

import static dev.flightlog.formats.reading.JsonDocument.text;

import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.ApiErrors;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.RunTotals;
import dev.flightlog.formats.reading.SessionLines;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Usage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads event logs of GitHub Copilot CLI ({@code ~/.copilot/session-state/<id>/events.jsonl}). A
 * response tells only its output; what a session used stands in {@code session.shutdown}, over all
 * its runs, and is missing after a crash. Input there includes what was cached.
 */
public final class CopilotReader implements OccurrenceReader {
  private static final int MOST = 1024;

  /** Members of its lines. */
  private static final String KNOWN =
      """
          data id parentId timestamp type ephemeral agentId
      """;

  private final Texts texts;
  private final SessionLines lines;
  private final RunTotals totals;
  private final Map<String, Long> begun = new LinkedHashMap<>();
  private @Nullable String model;

  /** Reads a file of this context. */
  public CopilotReader(FileContext file, ReaderSettings settings) {
    texts = settings.texts();
    lines = new SessionLines(file, settings, texts, "copilot-cli").knows(KNOWN);
    totals = new RunTotals(settings.prices());
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> line = lines.line(bytes, from, to);
    Map<?, ?> data = JsonDocument.map(line.get("data"));
    String type = String.valueOf(line.get("type"));
    if (type.equals("session.start") || type.equals("session.resume")) {
      Map<?, ?> context = JsonDocument.map(data.get("context"));
      String root = text(context, "gitRoot");
      lines.session(
          text(data, "sessionId"),
          root == null ? text(context, "cwd") : root,
          text(context, "branch"));
      lines.version(text(data, "copilotVersion"));
      model(text(data, "selectedModel"));
    }
    Origin origin = lines.origin(line.get("timestamp"), offset, to - from, out);
    String id = String.valueOf(line.get("id"));
    switch (type) {
      case "session.model_change" -> model(text(data, "newModel"));
      case "user.message" -> {
        if (data.get("content") instanceof String text && !text.isBlank()) {
          out.take(new Occurrence.Prompted(origin, "prompt:" + id, Content.text(text), null));
        }
      }
      case "assistant.message" -> message(data, id, origin, out);
      case "tool.execution_start" -> started(data, origin, out);
      case "tool.execution_complete" -> completed(data, origin, out);
      case "abort", "session.abort" ->
          out.take(new Occurrence.Interrupted(origin, "interrupt:" + id));
      case "session.error" -> {
        String words = texts.name(text(data, "message"));
        long status = JsonDocument.integer(data, "statusCode");
        out.take(
            new Occurrence.ErrorMet(
                origin,
                "error:" + id,
                new ErrorClass(
                    ApiErrors.type(text(data, "errorType"), status), ApiErrors.message(words)),
                null));
      }
      case "session.compaction_complete" ->
          out.take(new Occurrence.Compacted(origin, "compaction:" + id, null, null));
      case "session.shutdown" -> shutdown(data, id, origin, out);
      default -> {
        return isSilent(type) ? Reading.KNOWN : Reading.unknown(type);
      }
    }
    return Reading.KNOWN;
  }

  private static boolean isSilent(String type) {
    int dot = type.indexOf('.');
    return switch (dot < 0 ? type : type.substring(0, dot)) {
      case "hook",
          "permission",
          "system",
          "session",
          "skill",
          "external_tool",
          "mcp",
          "user_input",
          "elicitation",
          "pending_messages",
          "command",
          "exit_plan_mode",
          "info" ->
          true;
      case "assistant" ->
          type.startsWith("assistant.turn")
              || type.startsWith("assistant.reasoning")
              || type.equals("assistant.intent")
              || type.equals("assistant.usage");
      case "tool" ->
          type.equals("tool.execution_progress")
              || type.equals("tool.user_requested")
              || type.equals("tool.execution_partial_result");
      case "subagent" -> true;
      default -> false;
    };
  }

  private void model(@Nullable String name) {
    model = name == null ? model : texts.name(name);
  }

  private void message(Map<?, ?> data, String id, Origin origin, Occurrence.Sink out) {
    model(text(data, "model"));
    String message = text(data, "messageId");
    Usage usage = Usage.of(0, JsonDocument.integer(data, "outputTokens"), 0, 0);
    if (usage.total() > 0) {
      String key = "model_call:" + (message == null ? id : message) + ":";
      Occurrence.ModelAnswered answer =
          new Occurrence.ModelAnswered(origin, key, model, usage, Double.NaN, null, 0);
      out.take(answer);
      totals.step(answer);
    }
    if (data.get("content") instanceof String text && !text.isBlank()) {
      out.take(new Occurrence.Said(origin, "said:" + id, Content.text(text)));
    }
    if (data.get("toolRequests") instanceof List<?> requests) {
      for (Object each : requests) {
        Map<?, ?> request = JsonDocument.map(each);
        if (request.get("toolCallId") instanceof String call) {
          out.take(
              new Occurrence.ToolCalled(
                  origin,
                  call,
                  texts.name(text(request, "name")),
                  Content.value(request.get("arguments"))));
        }
      }
    }
  }

  private void started(Map<?, ?> data, Origin origin, Occurrence.Sink out) {
    if (data.get("toolCallId") instanceof String call) {
      if (begun.size() >= MOST) {
        begun.remove(begun.keySet().iterator().next());
      }
      begun.put(call, origin.timed() ? origin.time() : Timestamps.NONE);
      out.take(
          new Occurrence.ToolCalled(
              origin,
              call,
              texts.name(text(data, "toolName")),
              Content.value(data.get("arguments"))));
    }
  }

  private void completed(Map<?, ?> data, Origin origin, Occurrence.Sink out) {
    if (!(data.get("toolCallId") instanceof String call)) {
      return;
    }
    Long began = begun.remove(call);
    long running =
        began == null || began == Timestamps.NONE || !origin.timed() || origin.time() < began
            ? -1
            : (origin.time() - began) / 1000;
    Map<?, ?> error = JsonDocument.map(data.get("error"));
    Object content = JsonDocument.map(data.get("result")).get("content");
    String text =
        content == null ? String.valueOf(text(error, "message")) : JsonDocument.words(content);
    Outcome outcome = Outcome.WORKED;
    if (Boolean.FALSE.equals(data.get("success"))) {
      String words = text(error, "message") == null ? text : String.valueOf(text(error, "message"));
      ErrorClass named = ErrorClasses.name(texts.clean(words, ErrorClasses.LOOKED_AT));
      String code = String.valueOf(text(error, "code"));
      outcome =
          code.equals("rejected") || code.equals("denied")
              ? new Outcome.Refused(new ErrorClass("rejected", named.message()), null)
              : ErrorClasses.outcome(
                  code.equals("failure") || code.equals("null") ? named : named.orTold(code), null);
    }
    out.take(new Occurrence.ToolReturned(origin, call, outcome, Content.text(text), running));
  }

  private void shutdown(Map<?, ?> data, String id, Origin origin, Occurrence.Sink out) {
    Map<String, RunTotals.Told> told = new LinkedHashMap<>();
    JsonDocument.map(data.get("modelMetrics"))
        .forEach((name, of) -> {
          Map<?, ?> used = JsonDocument.map(JsonDocument.map(of).get("usage"));
          Usage usage =
              Usage.ofInclusive(
                  JsonDocument.integer(used, "inputTokens"),
                  JsonDocument.integer(used, "outputTokens"),
                  JsonDocument.integer(used, "cacheReadTokens"),
                  JsonDocument.integer(used, "cacheWriteTokens"));
          told.put(
              String.valueOf(texts.name(String.valueOf(name))),
              new RunTotals.Told(usage, Double.NaN));
        });
    totals.settle(origin, lines.session() == null ? id : lines.session(), told, out);
  }

  @Override
  public Map<String, Long> strangeFields() {
    return lines.strangeFields();
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    Map<?, ?> line = lines.line(bytes, from, to);
    return line.get("type") instanceof String && line.get("data") instanceof Map<?, ?>;
  }

  @Override
  public void save(JsonWriter state) {
    lines.save(state);
    state.key("model").value(model);
    totals.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lines.restore(state);
    model = (String) state.get("model");
    totals.restore(state);
  }
}
