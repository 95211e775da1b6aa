package dev.flightlog.worker.capture;

import static dev.flightlog.worker.capture.StreamFormat.number;
import static dev.flightlog.worker.capture.StreamFormat.object;
import static dev.flightlog.worker.capture.StreamFormat.text;

import dev.flightlog.tasks.folder.OutputType;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code codex exec --json} prints: {@code thread.started}, {@code turn.*}, {@code item.*},
 * {@code error}. The usage of a turn counts cached input as input; here it is taken out. The model
 * and the cost are not told.
 */
final class CodexStream implements StreamFormat {
  private final Set<String> begun = new HashSet<>();
  private String thread = "";
  private int turns;

  @Override
  public AgentReport.Format format() {
    return AgentReport.Format.CODEX;
  }

  @Override
  public boolean recognises(Map<?, ?> line) {
    String type = String.valueOf(line.get("type"));
    return switch (type) {
      case "thread.started" -> line.containsKey("thread_id");
      case "turn.started", "turn.completed", "turn.failed" -> true;
      case "item.started", "item.updated", "item.completed" ->
          line.get("item") instanceof Map<?, ?>;
      default -> false;
    };
  }

  @Override
  public void read(Map<?, ?> line, String raw, Told told) {
    switch (String.valueOf(line.get("type"))) {
      case "thread.started" -> {
        thread = String.valueOf(line.get("thread_id"));
        told.line(OutputType.SYSTEM, raw);
      }
      case "turn.started" -> turns++;
      case "turn.completed" -> completed(object(line, "usage"), told);
      case "turn.failed" -> failed(text(object(line, "error"), "message"), told);
      case "error" -> failed(text(line, "message"), told);
      case "item.started" -> item(object(line, "item"), false, told);
      case "item.completed" -> item(object(line, "item"), true, told);
      case "item.updated" -> {
        // The completed item tells all of it.
      }
      default -> told.line(OutputType.SYSTEM, raw);
    }
  }

  private void completed(Map<?, ?> usage, Told told) {
    told.answered = true;
    long cached = Math.min(number(usage, "cached_input_tokens"), number(usage, "input_tokens"));
    TokenUsage used =
        new TokenUsage(
            number(usage, "input_tokens") - cached, number(usage, "output_tokens"), cached, 0);
    if (used.total() > 0) {
      told.modelCall(thread + ":turn " + turns, null, used);
    }
  }

  private static void failed(@Nullable String message, Told told) {
    told.answered = true;
    told.failed = true;
    told.error = message == null ? "the turn failed" : message;
    told.line(OutputType.ERROR, told.error);
  }

  private void item(Map<?, ?> item, boolean done, Told told) {
    String id = thread + ":" + text(item, "id");
    String type = String.valueOf(item.get("type"));
    switch (type) {
      case "agent_message" -> {
        if (done) {
          told.result = text(item, "text");
          told.line(OutputType.OUTPUT, Told.text(item.get("text")));
        }
      }
      case "reasoning", "plan" -> {
        if (done) {
          told.line(OutputType.THINKING, Told.text(item.get("text")));
        }
      }
      case "error" -> {
        if (done) {
          told.line(OutputType.ERROR, Told.text(item.get("message")));
        }
      }
      case "command_execution" -> {
        begin(id, "shell", item.get("command"), told);
        if (done) {
          end(id, text(item, "aggregated_output"), succeeded(item), told);
        }
      }
      case "mcp_tool_call" -> {
        String tool = "mcp__" + item.get("server") + "__" + item.get("tool");
        begin(id, tool, item.get("arguments"), told);
        if (done) {
          Object output = item.get("error") == null ? item.get("result") : item.get("error");
          end(id, Told.text(output), succeeded(item), told);
        }
      }
      case "file_change" -> {
        begin(id, "apply_patch", item.get("changes"), told);
        if (done) {
          end(id, null, succeeded(item), told);
        }
      }
      case "web_search" -> {
        begin(id, "web_search", item.get("query"), told);
        if (done) {
          end(id, null, true, told);
        }
      }
      default -> {
        if (done) {
          told.line(OutputType.SYSTEM, Told.text(item));
        }
      }
    }
  }

  private void begin(String id, String tool, @Nullable Object input, Told told) {
    if (begun.add(id)) {
      told.toolCall(id, tool, input);
    }
  }

  private void end(String id, @Nullable String output, boolean success, Told told) {
    begun.remove(id);
    told.toolResult(id, output, success);
  }

  private static boolean succeeded(Map<?, ?> item) {
    Object code = item.get("exit_code");
    String status = text(item, "status");
    return !(code instanceof Number number && number.longValue() != 0)
        && !"failed".equals(status)
        && !"declined".equals(status);
  }

  @Override
  public void end(Told told) {
    begun.clear();
  }
}
