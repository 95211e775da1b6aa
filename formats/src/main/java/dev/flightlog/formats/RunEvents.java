package dev.flightlog.formats;

import dev.flightlog.event.Category;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.RunDocument.Part;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.formats.usage.Usage;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The events of one run that was told in a document: each at a step, by an agent. Where the source
 * tells no time, a step is a microsecond after the one before, so that the order is kept. Not
 * thread-safe.
 */
final class RunEvents {
  private final Rows rows;
  private final Texts texts;
  private final Prices prices;
  private final EventBatch out;
  private final String run;
  private final String session;
  private final @Nullable String story;
  private final long start;
  private @Nullable String task;
  private boolean workflow;
  private long lastTime;
  private long untimed;
  private long first = Timestamps.NONE;

  /**
   * @param run what makes the keys of this run's events its own
   */
  RunEvents(
      Rows rows,
      ReaderSettings settings,
      Texts texts,
      EventBatch out,
      String run,
      String session,
      long start) {
    this.rows = rows;
    this.texts = texts;
    this.prices = settings.prices();
    this.out = out;
    this.run = run;
    this.session = session;
    this.story = new Stories(settings.story()).of(null, null);
    this.start = start;
    this.lastTime = start;
  }

  /** The request that all events of the run serve. */
  RunEvents task(@Nullable String id) {
    task = texts.name(id);
    return this;
  }

  /** Several agents work together: the run is a workflow. */
  RunEvents workflow() {
    workflow = true;
    return this;
  }

  String session() {
    return session;
  }

  @Nullable String story() {
    return story;
  }

  /** The time of the first event. */
  long firstTime() {
    return first == Timestamps.NONE ? start : first;
  }

  /** Where a part of the document stands and when it happened; the time may be absent. */
  Where where(Part part, @Nullable String agent, long time) {
    long at = time;
    if (at == Timestamps.NONE) {
      at = lastTime + untimed++;
    } else {
      lastTime = at;
      untimed = 1;
    }
    first = first == Timestamps.NONE ? at : Math.min(first, at);
    return new Where(at, session, story, texts.name(agent), part.offset(), part.length());
  }

  Where where(Part part, @Nullable String agent) {
    return where(part, agent, Timestamps.NONE);
  }

  /** The key of something that has none but its place in the run. */
  String key(String kind, long step) {
    return kind + ":" + run + ":" + step;
  }

  void prompt(String key, Where where, long step, String text) {
    said(EventTypes.USER_PROMPT, key, where, step, text);
  }

  /** What an agent said to others. */
  void message(Where where, long step, String text) {
    said("agent_message", key("message", step), where, step, text);
  }

  private void said(String type, String key, Where where, long step, String text) {
    begin(key, type, where, step);
    if (texts.keepsContent() && !text.isEmpty()) {
      rows.details.key("text");
      texts.text(rows.details, text);
    }
    rows.end(out);
  }

  /** A call and its result. */
  static final class ToolUse {
    String key = "";
    @Nullable String tool;
    @Nullable Object input;
    @Nullable String output;
    @Nullable Boolean success;

    /** The class of the failure where the source names one, else it is found in the output. */
    @Nullable String errorType;

    long durationMs = -1;
    long resultStep = -1;
  }

  void call(Where where, long step, ToolUse use) {
    begin(use.key, EventTypes.TOOL_CALL, where, step);
    rows.detail("tool", texts.name(use.tool));
    if (texts.keepsContent()) {
      if (use.input != null) {
        JsonWriter input = new JsonWriter().value(use.input);
        rows.details.key("input");
        texts.value(rows.details, input.bytes(), 0, input.length());
      }
      if (use.output != null) {
        rows.details.key("output");
        texts.text(rows.details, use.output);
      }
    }
    if (use.durationMs >= 0) {
      out.integer(Field.DURATION_MS, use.durationMs);
    }
    if (use.resultStep >= 0) {
      rows.detail("result_step", use.resultStep);
    }
    Boolean success = use.success;
    if (success != null) {
      out.flag(Field.SUCCESS, success);
      if (!success) {
        String text = use.output == null ? "" : use.output;
        ToolErrors.Named named = ToolErrors.name(texts.clean(text, ToolErrors.LOOKED_AT));
        String told = use.errorType;
        boolean vague = named.type().equals("tool_error");
        rows.detail("error_type", told != null && vague ? told : named.type());
        rows.detail("message", named.message());
      }
    }
    rows.end(out);
  }

  void handOver(Where where, long step, String from, String to, long size) {
    begin(key("transition", step), EventTypes.AGENT_TRANSITION, where, step);
    rows.detail("from_agent", texts.name(from)).detail("to_agent", texts.name(to));
    rows.detail("state_size", size);
    rows.end(out);
  }

  void error(String key, Where where, long step, String type, @Nullable String message) {
    begin(key, EventTypes.ERROR, where, step);
    rows.detail("error_type", texts.name(type)).detail("message", texts.name(message));
    rows.end(out);
  }

  void response(
      String key, Where where, long step, @Nullable String model, Usage usage, double cost) {
    begin(key, EventTypes.MODEL_CALL, where, step);
    String name = texts.name(model);
    out.integer(Field.TOKENS_USED, usage.total());
    long window = prices.window(name, usage.context() + usage.output());
    if (window > 0) {
      double percent = Math.min(100, 100.0 * usage.context() / window);
      out.real(Field.CONTEXT_PERCENT, Math.round(percent * 100) / 100.0);
    }
    rows.detail("model", name)
        .detail("input_tokens", usage.input())
        .detail("output_tokens", usage.output())
        .detail("cache_read_tokens", usage.cacheRead())
        .detail("cache_write_tokens", usage.cacheWrite());
    rows.billing(usage, !Double.isNaN(cost));
    double told = Double.isNaN(cost) ? prices.cost(name, usage) : cost;
    if (!Double.isNaN(told)) {
      rows.details.key("cost_usd").number(Math.round(told * 1e9) / 1e9);
    }
    rows.end(out);
  }

  /** Begins an event of any type; the caller adds details and ends it. */
  Rows open(String key, String type, Where where, long step) {
    begin(key, type, where, step);
    return rows;
  }

  void flag(Field field, boolean value) {
    out.flag(field, value);
  }

  void end() {
    rows.end(out);
  }

  private void begin(String key, String type, Where where, long step) {
    Category category = EventTypes.categoryOf(type);
    rows.begin(out, Mode.MERGE, key, type, category == null ? Category.EXECUTION : category, where);
    if (step >= 0) {
      out.integer(Field.STEP, step);
    }
    out.text(Field.TASK_ID, task);
    if (workflow) {
      out.text(Field.WORKFLOW_ID, session);
    }
  }

  static long utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
