package dev.flightlog.worker.capture;

import static dev.flightlog.worker.capture.StreamFormat.number;
import static dev.flightlog.worker.capture.StreamFormat.object;
import static dev.flightlog.worker.capture.StreamFormat.text;

import dev.flightlog.tasks.folder.OutputType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code claude -p --output-format stream-json --verbose} prints. An answer of the model comes
 * as one line for each of its blocks, all with the same message id and a usage that grows: it
 * counts once, with its largest. Totals come from the {@code result} line, where {@code modelUsage}
 * and {@code total_cost_usd} include subagents.
 */
final class ClaudeStream implements StreamFormat {
  private record Answer(String id, @Nullable String model, TokenUsage usage) {}

  /** The answer that is being printed, by the call whose subagent gives it; "" for the main one. */
  private final Map<String, Answer> answers = new LinkedHashMap<>();

  @Override
  public AgentReport.Format format() {
    return AgentReport.Format.CLAUDE;
  }

  @Override
  public boolean recognises(Map<?, ?> line) {
    String type = String.valueOf(line.get("type"));
    return switch (type) {
      case "system" -> line.get("subtype") instanceof String && line.containsKey("session_id");
      case "assistant", "user" -> line.get("message") instanceof Map<?, ?>;
      case "result" -> line.containsKey("total_cost_usd") || line.containsKey("num_turns");
      default -> false;
    };
  }

  @Override
  public void read(Map<?, ?> line, String raw, Told told) {
    switch (String.valueOf(line.get("type"))) {
      case "assistant" -> assistant(line, told);
      case "user" -> user(line, told);
      case "result" -> result(line, told);
      case "stream_event" -> {
        // The whole message follows.
      }
      default -> {
        if ("init".equals(line.get("subtype")) && text(line, "model") instanceof String model) {
          told.model = model;
        }
        told.line(OutputType.SYSTEM, raw);
      }
    }
  }

  private void assistant(Map<?, ?> line, Told told) {
    Map<?, ?> message = object(line, "message");
    for (Object each : blocks(message)) {
      if (each instanceof Map<?, ?> block) {
        block(block, told);
      }
    }
    if (line.get("error") instanceof String error) {
      told.line(OutputType.ERROR, error);
    }
    usage(line, message, told);
  }

  private static void block(Map<?, ?> block, Told told) {
    switch (String.valueOf(block.get("type"))) {
      case "text" -> told.line(OutputType.OUTPUT, Told.text(block.get("text")));
      case "thinking" -> told.line(OutputType.THINKING, Told.text(block.get("thinking")));
      case "redacted_thinking" -> told.line(OutputType.THINKING, "[hidden by the model]");
      case "tool_use", "server_tool_use" ->
          told.toolCall(text(block, "id"), String.valueOf(block.get("name")), block.get("input"));
      default -> told.line(OutputType.SYSTEM, Told.text(block));
    }
  }

  private void usage(Map<?, ?> line, Map<?, ?> message, Told told) {
    String model = text(message, "model");
    String id = text(message, "id");
    if (id == null || "<synthetic>".equals(model) || !message.containsKey("usage")) {
      return;
    }
    Map<?, ?> usage = object(message, "usage");
    TokenUsage used =
        new TokenUsage(
            number(usage, "input_tokens"),
            number(usage, "output_tokens"),
            number(usage, "cache_read_input_tokens"),
            number(usage, "cache_creation_input_tokens"));
    String parent = text(line, "parent_tool_use_id");
    String speaker = parent == null ? "" : parent;
    Answer former = answers.get(speaker);
    if (former != null && !former.id.equals(id)) {
      flush(former, told);
      former = null;
    }
    if (former == null || used.total() > former.usage.total()) {
      answers.put(speaker, new Answer(id, model, used));
    }
    if (parent == null && model != null) {
      told.model = model;
    }
  }

  private static void flush(Answer answer, Told told) {
    told.modelCall(answer.id + ":", answer.model, answer.usage);
  }

  private static void user(Map<?, ?> line, Told told) {
    Map<?, ?> message = object(line, "message");
    if (message.get("content") instanceof String text) {
      told.line(OutputType.SYSTEM, text);
    }
    for (Object each : blocks(message)) {
      if (!(each instanceof Map<?, ?> block)) {
        continue;
      }
      if ("tool_result".equals(block.get("type"))) {
        boolean wrong = Boolean.TRUE.equals(block.get("is_error"));
        told.toolResult(text(block, "tool_use_id"), content(block.get("content")), !wrong);
      } else {
        told.line(OutputType.SYSTEM, content(List.of(block)));
      }
    }
  }

  private static List<?> blocks(Map<?, ?> message) {
    return message.get("content") instanceof List<?> list ? list : List.of();
  }

  /** The text of a result: itself, or that of its blocks. */
  private static String content(@Nullable Object content) {
    if (!(content instanceof List<?> list)) {
      return Told.text(content);
    }
    StringBuilder out = new StringBuilder();
    for (Object each : list) {
      String part =
          each instanceof Map<?, ?> block && block.get("text") instanceof String text
              ? text
              : each instanceof Map<?, ?> block && "image".equals(block.get("type"))
                  ? "[image]"
                  : Told.text(each);
      out.append(out.isEmpty() ? "" : "\n").append(part);
    }
    return out.toString();
  }

  private void result(Map<?, ?> line, Told told) {
    told.answered = true;
    String subtype = text(line, "subtype");
    told.failed =
        Boolean.TRUE.equals(line.get("is_error"))
            || (subtype != null && !subtype.equals("success"));
    String answer = text(line, "result");
    if (told.failed) {
      String why = answer != null ? answer : content(line.get("errors"));
      told.error = why.isEmpty() ? subtype : why;
      told.line(OutputType.ERROR, String.valueOf(told.error));
    } else {
      told.result = answer;
    }
    if (line.get("total_cost_usd") instanceof Number cost) {
      told.toldCost = cost.doubleValue();
    }
    told.toldUsage = total(line);
    told.line(
        OutputType.SYSTEM,
        "result: " + subtype + ", " + number(line, "num_turns") + " turns, USD " + told.toldCost);
  }

  private static TokenUsage total(Map<?, ?> line) {
    TokenUsage total = TokenUsage.NONE;
    for (Object each : object(line, "modelUsage").values()) {
      if (each instanceof Map<?, ?> of) {
        total =
            total.plus(
                new TokenUsage(
                    number(of, "inputTokens"),
                    number(of, "outputTokens"),
                    number(of, "cacheReadInputTokens"),
                    number(of, "cacheCreationInputTokens")));
      }
    }
    if (total.total() > 0) {
      return total;
    }
    Map<?, ?> main = object(line, "usage");
    return new TokenUsage(
        number(main, "input_tokens"),
        number(main, "output_tokens"),
        number(main, "cache_read_input_tokens"),
        number(main, "cache_creation_input_tokens"));
  }

  @Override
  public void end(Told told) {
    answers.values().forEach(answer -> flush(answer, told));
    answers.clear();
  }
}
