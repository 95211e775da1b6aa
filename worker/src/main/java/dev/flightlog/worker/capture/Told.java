package dev.flightlog.worker.capture;

import dev.flightlog.event.EventIds;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.recorder.EventBuilder;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.OutputLog;
import dev.flightlog.tasks.folder.OutputType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where what an agent tells goes: lines of its output file, events, and the report. One for a run;
 * not safe for several threads.
 */
final class Told {
  /** Longer texts become several lines. */
  private static final int LONGEST_TEXT = 64 * 1024;

  /** Calls without a result that are remembered. */
  private static final int MOST_OPEN = 10_000;

  private record Call(String tool, @Nullable Object input, Instant at) {}

  private final TaskId task;
  private final String agent;
  private final FlightRecorder recorder;
  private final OutputLog log;
  private final InstantSource clock;
  private final ModelFacts facts;
  private final Map<String, Call> open = new LinkedHashMap<>();

  AgentReport.Format format = AgentReport.Format.PLAIN;
  @Nullable String model;
  boolean answered;
  boolean failed;
  @Nullable String result;
  @Nullable String error;
  @Nullable TokenUsage toldUsage;
  @Nullable Double toldCost;
  private TokenUsage usage = TokenUsage.NONE;
  private double cost;
  private boolean costKnown;
  private @Nullable Double contextPercent;
  private long toolCalls;
  private long toolErrors;

  Told(
      TaskId task,
      String agent,
      FlightRecorder recorder,
      OutputLog log,
      InstantSource clock,
      ModelFacts facts) {
    this.task = task;
    this.agent = agent;
    this.recorder = recorder;
    this.log = log;
    this.clock = clock;
    this.facts = facts;
  }

  OutputLog log() {
    return log;
  }

  Instant now() {
    return clock.instant();
  }

  void line(OutputType type, String text) {
    line(type, text, null, null);
  }

  private void line(OutputType type, String text, @Nullable String tool, @Nullable String call) {
    Instant now = clock.instant();
    int from = 0;
    do {
      int to = Math.min(text.length(), from + LONGEST_TEXT);
      if (to < text.length() && Character.isHighSurrogate(text.charAt(to - 1))) {
        to--;
      }
      log.add(now, type, text.substring(from, to), tool, call);
      from = to;
    } while (from < text.length());
  }

  void toolCall(@Nullable String id, String tool, @Nullable Object input) {
    toolCalls++;
    line(OutputType.TOOL_CALL, text(input), tool, id);
    Call call = new Call(tool, input, clock.instant());
    if (id == null) {
      event(call).log();
      return;
    }
    if (open.size() >= MOST_OPEN) {
      String oldest = open.keySet().iterator().next();
      unanswered(oldest, open.remove(oldest));
    }
    open.put(id, call);
  }

  /**
   * @param success null when the result does not tell
   */
  void toolResult(@Nullable String id, @Nullable String output, @Nullable Boolean success) {
    boolean wrong = Boolean.FALSE.equals(success);
    if (wrong) {
      toolErrors++;
    }
    Call call = id == null ? null : open.remove(id);
    line(OutputType.TOOL_RESULT, output == null ? "" : output, call == null ? null : call.tool, id);
    if (call == null || id == null) {
      return;
    }
    EventBuilder event =
        event(call)
            .id(EventIds.ofKey("tool_call:" + id))
            .duration(Duration.between(call.at, clock.instant()))
            .output(output);
    if (wrong) {
      event.failed(errorType(output), firstLine(output));
    } else if (success != null) {
      event.success(true);
    }
    event.log();
  }

  private EventBuilder event(Call call) {
    return recorder
        .toolCall(call.tool)
        .at(call.at)
        .taskId(task.value())
        .agent(agent)
        .input(call.input);
  }

  private void unanswered(String id, @Nullable Call call) {
    if (call != null) {
      event(call).id(EventIds.ofKey("tool_call:" + id)).log();
    }
  }

  /** Names the errors that agents tell in words; anything else is {@code tool_error}. */
  private static String errorType(@Nullable String output) {
    String text = output == null ? "" : output.strip();
    if (text.startsWith("The user doesn't want to") || text.startsWith("User rejected")) {
      return "rejected";
    }
    if (text.startsWith("Exit code ")) {
      String code = firstLine(text).substring("Exit code ".length()).strip();
      return code.matches("-?\\d{1,10}") ? "exit_code_" + code : "tool_error";
    }
    return "tool_error";
  }

  private static String firstLine(@Nullable String text) {
    String plain = text == null ? "" : text.strip();
    int end = plain.indexOf('\n');
    String line = end < 0 ? plain : plain.substring(0, end);
    return line.length() > 300 ? line.substring(0, 300) : line;
  }

  /**
   * One answer of a model.
   *
   * @param key what is the same whenever this answer is met
   */
  void modelCall(String key, @Nullable String named, TokenUsage used) {
    String id = named == null ? model : named;
    usage = usage.plus(used);
    EventBuilder event =
        recorder
            .modelCall(id == null ? "unknown" : id)
            .id(EventIds.ofKey("model_call:" + key))
            .taskId(task.value())
            .agent(agent)
            .inputTokens(used.input())
            .outputTokens(used.output())
            .cacheReadTokens(used.cacheRead())
            .cacheWriteTokens(used.cacheWrite());
    if (id != null) {
      double costUsd = facts.costUsd(id, used);
      if (!Double.isNaN(costUsd)) {
        cost += costUsd;
        costKnown = true;
        event.costUsd(costUsd);
      }
      long window = facts.contextWindow(id, used.context());
      if (window > 0) {
        double percent = Math.min(100, 100.0 * used.context() / window);
        contextPercent = percent;
        event.contextPercent(percent);
      }
    }
    event.log();
  }

  /** No more comes: calls without a result become events, too. */
  void end() {
    open.forEach(this::unanswered);
    open.clear();
    log.flush();
  }

  AgentReport report() {
    return new AgentReport(
        format,
        model,
        answered,
        failed,
        result,
        error,
        toldUsage == null ? usage : toldUsage,
        toldCost == null && costKnown ? Double.valueOf(cost) : toldCost,
        contextPercent,
        toolCalls,
        toolErrors);
  }

  static String text(@Nullable Object value) {
    return value == null
        ? ""
        : value instanceof String text ? text : new JsonWriter().value(value).toString();
  }
}
