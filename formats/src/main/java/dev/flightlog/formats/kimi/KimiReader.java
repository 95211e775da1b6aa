package dev.flightlog.formats.kimi;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.FileContext;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.OccurrenceReader;
import dev.flightlog.formats.reading.ReaderSettings;
import dev.flightlog.formats.reading.Reading;
import dev.flightlog.formats.reading.SessionLines;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Usage;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code wire.jsonl} of Kimi Code ({@code context.append_loop_event} …) and hands records of
 * Kimi CLI, which have an envelope, to {@link KimiWire}. The file does not name its session: its
 * folder does, and where that is not told the first line does. A response is told twice, at the end
 * of its step and as {@code usage.record}; that of a compaction only as the latter.
 */
public final class KimiReader implements OccurrenceReader {
  private static final Pattern PLACE =
      Pattern.compile(
          ".*[/\\\\](session_[^/\\\\]+|[0-9a-fA-F-]{32,36})[/\\\\](?:agents[/\\\\]([^/\\\\]+)[/\\\\])?wire\\.jsonl.*");

  /** Members of its lines. */
  private static final String KNOWN =
      """
          action activeToolNames agentId agentsMdPaths attempt compactedCount content
          contextSummary created_at cwd disallowedTools droppedCount durationMs
          environmentDisclosure event hash id input keptUserMessageCount kind length
          maxTokens message messageCount mode model modelAlias names origin profileName
          protocol_version provider reason result runtimeId sessionApprovalRule source
          subagentNames subagents summary systemPrompt systemPromptHash thinkingEffort
          thinkingKeep time timestamp tokens tokensAfter tokensBefore toolCallId toolName
          toolSelect tools toolsHash turnId turnStep type usage usageScope workspaceId
          app_version todos
      """;

  private final FileContext file;
  private final Texts texts;
  private final SessionLines lines;
  private final KimiWire wire;
  private @Nullable String folder;
  private @Nullable String model;

  /** What a person said, as {@code turn.prompt} told it, until the context has it, too. */
  private final Set<Long> prompted = new LinkedHashSet<>();

  /** The usage at the end of the last step, until it is told again. */
  private String told = "";

  /** Reads a file of this context. */
  public KimiReader(FileContext file, ReaderSettings settings) {
    this.file = file;
    texts = settings.texts();
    lines = new SessionLines(file, settings, texts, "kimi").knows(KNOWN);
    wire = new KimiWire(texts, key(""));
    Matcher place = PLACE.matcher(file.name());
    boolean known = place.matches();
    lines.session(known ? place.group(1) : "kimi-" + key(""), null, null);
    String agent = known ? place.group(2) : null;
    lines.agent(agent == null || agent.equals("main") ? null : Attribution.SUBAGENT);
  }

  private String key(String rest) {
    return file.fingerprint().substring(0, Math.min(16, file.fingerprint().length())) + rest;
  }

  @Override
  public Reading read(byte[] bytes, int from, int to, long offset, Occurrence.Sink out) {
    Map<?, ?> line = lines.line(bytes, from, to);
    String type = String.valueOf(line.get("type"));
    place(line, type);
    Object time =
        line.get("time") != null
            ? line.get("time")
            : line.get("timestamp") != null ? line.get("timestamp") : line.get("created_at");
    Origin origin = lines.origin(time, offset, to - from, out);
    if (line.get("message") instanceof Map<?, ?> message && message.get("payload") != null) {
      return wire.read(message, origin, out);
    }
    String key = key(":" + offset);
    switch (type) {
      case "turn.prompt", "turn.steer" -> {
        String text = JsonDocument.plain(line.get("input"));
        if (isPersons(line.get("origin"), text)) {
          prompted.add((long) text.hashCode());
          prompt(key, text, origin, out);
        }
      }
      case "turn.cancel" -> out.take(new Occurrence.Interrupted(origin, "interrupt:kimi:" + key));
      case "turn.ended" ->
          out.take(
              new Occurrence.TurnEnded(
                  origin, "turn:kimi:" + key, JsonDocument.integer(line, "durationMs")));
      case "context.append_message" ->
          message(JsonDocument.map(line.get("message")), key, origin, out);
      case "context.append_loop_event" -> {
        return event(JsonDocument.map(line.get("event")), key, origin, out);
      }
      case "usage.record" -> {
        Map<?, ?> usage = JsonDocument.map(line.get("usage"));
        if (!usage.toString().equals(told)) {
          answered(usage, JsonDocument.text(line, "model"), key, origin, out);
        }
        told = "";
      }
      case "context.apply_compaction" -> {
        Object before = line.get("tokensBefore");
        out.take(
            new Occurrence.Compacted(
                origin,
                "compaction:kimi:" + key,
                null,
                before instanceof Number number ? (Long) number.longValue() : null));
      }
      default -> {
        return isSilent(type) ? Reading.KNOWN : Reading.unknown(type);
      }
    }
    return Reading.KNOWN;
  }

  /** Where the session works, and with which model. */
  private void place(Map<?, ?> line, String type) {
    if (type.equals("config.update") || type.equals("profile.bind")) {
      Object cwd =
          line.get("cwd") == null
              ? JsonDocument.map(line.get("environmentDisclosure")).get("cwd")
              : line.get("cwd");
      if (folder == null && cwd instanceof String named) {
        folder = named;
        lines.session(lines.session(), named, null);
      }
      model(JsonDocument.text(line, "modelAlias"));
    } else if (type.equals("llm.request")) {
      model(JsonDocument.text(line, "model"));
    }
  }

  private void model(@Nullable String name) {
    model = name == null ? model : texts.name(name);
  }

  private static boolean isSilent(String type) {
    int dot = type.indexOf('.');
    return switch (dot < 0 ? type : type.substring(0, dot)) {
      case "metadata",
          "config",
          "profile",
          "tools",
          "llm",
          "permission",
          "plan_mode",
          "full_compaction",
          "plugin",
          "runtime",
          "token_counting",
          "goal",
          "todo" ->
          true;
      default -> false;
    };
  }

  private static boolean isPersons(@Nullable Object by, String text) {
    Object kind = JsonDocument.map(by).get("kind");
    return !text.isBlank()
        && (kind == null ? !text.startsWith("<system-reminder>") : kind.equals("user"));
  }

  private static void prompt(String key, String text, Origin origin, Occurrence.Sink out) {
    out.take(new Occurrence.Prompted(origin, "prompt:kimi:" + key, Content.text(text), null));
  }

  private void message(Map<?, ?> message, String key, Origin origin, Occurrence.Sink out) {
    String text = JsonDocument.plain(message.get("content"));
    if (!"user".equals(message.get("role")) || !isPersons(message.get("origin"), text)) {
      return;
    }
    if (!prompted.remove(Long.valueOf(text.hashCode()))) {
      prompt(key, text, origin, out);
    }
  }

  private Reading event(Map<?, ?> event, String key, Origin origin, Occurrence.Sink out) {
    String type = String.valueOf(event.get("type"));
    switch (type) {
      case "content.part" -> {
        Map<?, ?> part = JsonDocument.map(event.get("part"));
        if ("text".equals(part.get("type"))) {
          Content text = Content.text(JsonDocument.text(part, "text"));
          out.take(new Occurrence.Said(origin, "said:kimi:" + key, text));
        }
      }
      case "tool.call" -> {
        String tool = texts.name(JsonDocument.text(event, "name"));
        String id = key(":" + event.get("toolCallId"));
        out.take(new Occurrence.ToolCalled(origin, id, tool, Content.value(event.get("args"))));
      }
      case "tool.result" -> {
        Map<?, ?> result = JsonDocument.map(event.get("result"));
        Object told = result.get("output") == null ? result.get("message") : result.get("output");
        returned(key(":" + event.get("toolCallId")), result.get("isError"), told, origin, out);
      }
      case "step.end" -> {
        Map<?, ?> usage = JsonDocument.map(event.get("usage"));
        told = usage.isEmpty() ? "" : usage.toString();
        model(JsonDocument.text(event, "model"));
        answered(usage, null, key, origin, out);
      }
      case "step.begin", "llm.request", "step.retry" -> {}
      default -> {
        return Reading.unknown("event " + type);
      }
    }
    return Reading.KNOWN;
  }

  private void returned(
      String id,
      @Nullable Object isError,
      @Nullable Object told,
      Origin origin,
      Occurrence.Sink out) {
    out.take(
        new Occurrence.ToolReturned(
            origin, id, wire.outcome(isError, told), Content.text(KimiWire.words(told)), -1));
  }

  private void answered(
      Map<?, ?> used, @Nullable String by, String key, Origin origin, Occurrence.Sink out) {
    Usage usage =
        Usage.of(
            JsonDocument.integer(used, "inputOther"),
            JsonDocument.integer(used, "output"),
            JsonDocument.integer(used, "inputCacheRead"),
            JsonDocument.integer(used, "inputCacheCreation"));
    if (usage.total() > 0) {
      String name = model == null ? texts.name(by) : model;
      out.take(
          new Occurrence.ModelAnswered(
              origin, "model_call:kimi:" + key, name, usage, Double.NaN, null, 0));
    }
  }

  @Override
  public Map<String, Long> strangeFields() {
    return lines.strangeFields();
  }

  @Override
  public boolean recognises(byte[] bytes, int from, int to) {
    Map<?, ?> line = lines.line(bytes, from, to);
    return line.get("type") instanceof String type
        && (type.startsWith("context.") || type.startsWith("turn.") || type.startsWith("usage."));
  }

  @Override
  public void save(JsonWriter state) {
    lines.save(state);
    state.key("model").value(model).key("told").string(told);
    state.key("prompted").value(new ArrayList<>(prompted));
    wire.save(state);
  }

  @Override
  public void restore(Map<String, @Nullable Object> state) {
    lines.restore(state);
    model = (String) state.get("model");
    folder = (String) state.get("folder");
    told = String.valueOf(state.getOrDefault("told", ""));
    if (state.get("prompted") instanceof List<?> list) {
      list.forEach(each -> prompted.add(each instanceof Number hash ? hash.longValue() : 0L));
    }
    wire.restore(state);
  }
}
