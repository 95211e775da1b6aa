package dev.flightlog.formats.trajectory;

import dev.flightlog.event.Timestamps;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Content;
import dev.flightlog.formats.occurrence.ErrorClass;
import dev.flightlog.formats.occurrence.ErrorClasses;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.occurrence.Outcome;
import dev.flightlog.formats.reading.JsonDocument;
import dev.flightlog.formats.reading.JsonDocument.Part;
import dev.flightlog.formats.reading.RunTotals;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.formats.usage.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The occurrences of one run that was told in a document: each at a step, by an agent. Where the
 * source tells no time, a step is a microsecond after the one before, so that the order is kept.
 * Not thread-safe.
 */
public final class RunEvents {
  private final Texts texts;
  private final Occurrence.Sink out;
  private final String run;
  private final long start;
  private final RunTotals totals;
  private Attribution of;
  private long lastTime;
  private long untimed;
  private long first = Timestamps.NONE;
  private boolean firstTimed;

  /**
   * @param run what makes the keys of this run's occurrences its own
   * @param of the session, and the story and project where they are known
   * @param start the time of what has none
   */
  public RunEvents(
      Texts texts, Prices prices, Occurrence.Sink out, String run, Attribution of, long start) {
    this.texts = texts;
    this.totals = new RunTotals(prices);
    this.out = out;
    this.run = run;
    this.of = of;
    this.start = start;
    this.lastTime = start;
  }

  /** The request that all of the run serves. */
  RunEvents task(@Nullable String id) {
    of =
        new Attribution(
            of.session(), of.story(), of.project(), null, texts.name(id), of.workflow());
    return this;
  }

  /** Several agents work together: the run is a workflow. */
  RunEvents workflow() {
    of = new Attribution(of.session(), of.story(), of.project(), null, of.task(), of.session());
    return this;
  }

  /** Tells the session, at the time of its first occurrence. */
  public void met(String client) {
    long time = first == Timestamps.NONE ? start : first;
    out.take(new Occurrence.SessionMet(new Origin(time, firstTimed, of, 0, 0), client));
  }

  /** Where a part of the document stands and when it happened; the time may be absent. */
  public Origin origin(Part part, @Nullable String agent, long time) {
    long at = time;
    boolean timed = at != Timestamps.NONE;
    if (timed) {
      lastTime = at;
      untimed = 1;
    } else {
      at = lastTime + untimed++;
    }
    if (first == Timestamps.NONE || at < first) {
      first = at;
      firstTimed = timed;
    }
    return new Origin(at, timed, of.by(texts.name(agent)), part.offset(), part.length());
  }

  Origin origin(Part part, @Nullable String agent) {
    return origin(part, agent, Timestamps.NONE);
  }

  /** The key of something that has none but its place in the run. */
  String key(String kind, long step) {
    return kind + ":" + run + ":" + step;
  }

  /** The id of a call that has none but its place in the run. */
  String call(long step) {
    return run + ":" + step;
  }

  /** What a person asked for. */
  public void prompt(String key, Origin origin, long step, String text) {
    out.take(new Occurrence.Prompted(origin.step(step), key, Content.text(text), null));
  }

  /** What an agent said to others. */
  void message(Origin origin, long step, String text) {
    said(key("message", step), origin, step, text);
  }

  /** What an agent said, under a key of its own. */
  public void said(String key, Origin origin, long step, String text) {
    Content content = text.isEmpty() ? Content.NONE : Content.text(text);
    out.take(new Occurrence.Said(origin.step(step), key, content));
  }

  /** A call and its result. */
  public static final class ToolUse {
    public String id = "";
    public @Nullable String tool;
    public @Nullable Object input;
    public @Nullable String output;
    public @Nullable Boolean success;

    /** The class of the failure where the source names one, else it is found in the output. */
    public @Nullable String errorType;

    /** How long it ran; -1 when not told. */
    public long runningMs = -1;

    /** When the result came; absent when not told. */
    public long resultAt = Timestamps.NONE;

    public long resultStep = -1;

    /** Where the call stands, when its result is told later. */
    public @Nullable Origin origin;
  }

  /** Tells a call, and its result where there is one. */
  public void call(Origin origin, long step, ToolUse use) {
    Origin at = origin.step(step);
    out.take(new Occurrence.ToolCalled(at, use.id, texts.name(use.tool), Content.value(use.input)));
    if (use.output == null && use.success == null) {
      return;
    }
    long ended = use.resultAt;
    Origin result =
        new Origin(
            ended == Timestamps.NONE ? at.time() : ended,
            ended != Timestamps.NONE,
            at.of(),
            0,
            0,
            use.resultStep < 0 ? step : use.resultStep);
    Content output = Content.text(use.output);
    out.take(new Occurrence.ToolReturned(result, use.id, outcome(use), output, use.runningMs));
  }

  private Outcome outcome(ToolUse use) {
    Boolean success = use.success;
    if (success == null) {
      return Outcome.UNTOLD;
    }
    if (success) {
      return Outcome.WORKED;
    }
    String text = use.output == null ? "" : use.output;
    ErrorClass error = ErrorClasses.name(texts.clean(text, ErrorClasses.LOOKED_AT));
    ErrorClass named = use.errorType == null ? error : error.orTold(use.errorType);
    return ErrorClasses.outcome(named, null);
  }

  void handOver(Origin origin, long step, String from, String to, long size) {
    out.take(
        new Occurrence.HandedOver(
            origin.step(step),
            key("transition", step),
            String.valueOf(texts.name(from)),
            String.valueOf(texts.name(to)),
            size));
  }

  /** Something other than a tool failed. */
  public void error(String key, Origin origin, long step, String type, @Nullable String message) {
    String name = texts.name(type);
    String words = texts.name(message);
    out.take(
        new Occurrence.ErrorMet(
            origin.step(step),
            key,
            new ErrorClass(name == null ? "unknown" : name, words == null ? "" : words),
            null));
  }

  /** A response of a model. */
  public void response(
      String key, Origin origin, long step, @Nullable String model, Usage usage, double cost) {
    Occurrence.ModelAnswered answer =
        new Occurrence.ModelAnswered(
            origin.step(step), key, texts.name(model), usage, cost, null, 0);
    out.take(answer);
    totals.step(answer);
  }

  /** The run ended, with what it tells of itself. */
  void ended(
      Origin origin, long step, @Nullable Boolean success, Map<String, @Nullable Object> details) {
    out.take(
        new Occurrence.AgentEnded(
            origin.step(step), key("finished", step), success, -1, null, Content.NONE, details));
  }

  /**
   * What a whole run used and cost, as it tells itself: a response of its own where no step told
   * any, else what the steps lack.
   */
  void total(Origin origin, long step, @Nullable String model, Map<?, ?> used) {
    double cost = used.get("instance_cost") instanceof Number usd ? usd.doubleValue() : Double.NaN;
    Usage usage =
        Usage.of(
            JsonDocument.integer(used, "tokens_sent"),
            JsonDocument.integer(used, "tokens_received"),
            0,
            0);
    if (totals.size() > 0) {
      if (!Double.isNaN(cost)) {
        totals.settle(cost, out);
      }
    } else if (usage.total() > 0 || cost > 0) {
      out.take(
          new Occurrence.ModelAnswered(
              origin.step(step), "model_call:run:" + run, texts.name(model), usage, cost, null, 0));
    }
  }

  void taskEnded(Origin origin, long step, boolean success) {
    out.take(new Occurrence.TaskEnded(origin.step(step), key("outcome", 0), success));
  }

  static long utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
