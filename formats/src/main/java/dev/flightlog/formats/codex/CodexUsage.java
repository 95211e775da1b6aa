package dev.flightlog.formats.codex;

import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.formats.codex.CodexCounts.Counts;
import dev.flightlog.formats.occurrence.Occurrence;
import dev.flightlog.formats.occurrence.Origin;
import dev.flightlog.formats.reading.Texts;
import dev.flightlog.formats.usage.Billing;
import dev.flightlog.formats.usage.Usage;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the responses of a rollout used. Running totals come with each, often twice; a response is
 * told by {@code last_token_usage} of a line whose total has changed, and only where that is absent
 * by the difference. The response that makes the summary of a compaction stands in a record of its
 * own and in no total.
 */
final class CodexUsage {
  private static final int MOST = 256;

  private final CodexLine line;
  private final Texts texts;
  private final CodexThread thread;
  private final Map<String, Usage> records = new LinkedHashMap<>();
  private final Set<String> compactions = new HashSet<>();
  private Counts total = Counts.NONE;
  private boolean totalKnown;
  private @Nullable String model;
  private @Nullable String tier;
  private @Nullable Object quota;

  CodexUsage(CodexLine line, Texts texts, CodexThread thread) {
    this.line = line;
    this.texts = texts;
    this.thread = thread;
  }

  /** A {@code turn_context}: the model, and the tier where it tells one. */
  void turn() {
    model = texts.name(line.model);
    if (line.serviceTier.has()) {
      tier = line.serviceTier.string();
    }
  }

  /** A {@code token_count}. */
  void count(Origin origin, Occurrence.Sink out) {
    tier(line.serviceTier.has() ? line.serviceTier.string() : line.infoTier.string());
    if (line.info.isObject() && line.total.isObject()) {
      Counts now = line.totalCounts.counts();
      Counts before = total;
      boolean first = !totalKnown;
      total = now;
      totalKnown = true;
      if (first || !now.equals(before)) {
        Counts used =
            line.last.isObject()
                ? line.lastCounts.counts()
                : first && thread.inherits() ? Counts.NONE : now.since(before);
        answered(
            "model_call:codex:" + thread.session() + ":" + now.key(), used.usage(), origin, out);
      }
    } else if (line.info.isObject() && line.last.isObject()) {
      String key =
          thread.key(
              "model_call",
              line.bytes(),
              line.payloadFrom(),
              line.payloadTo(line.start() + origin.length()));
      answered(key, line.lastCounts.counts().usage(), origin, out);
    }
    if (!thread.isReplay()) {
      quota(origin, out);
    }
  }

  private void tier(@Nullable String told) {
    tier = told == null ? tier : told;
  }

  private void answered(String key, Usage used, Origin origin, Occurrence.Sink out) {
    if (used.total() > 0) {
      out.take(
          new Occurrence.ModelAnswered(
              origin,
              key,
              model,
              used.billed(Billing.of(tier, null, null)),
              Double.NaN,
              null,
              line.window.integer(0)));
    }
  }

  /** A {@code token_usage_record}: of interest only when it is a compaction's. */
  void record(Origin origin, Occurrence.Sink out) {
    String id = line.responseId.string();
    if (id == null) {
      return;
    }
    Counts counts =
        line.recordUsage.isObject()
            ? line.recordCounts.counts()
            : line.last.isObject() ? line.lastCounts.counts() : Counts.NONE;
    if (compactions.remove(id)) {
      answered(key(id), counts.usage(), origin, out);
    } else {
      records.put(id, counts.usage());
      if (records.size() > MOST) {
        records.remove(records.keySet().iterator().next());
      }
    }
  }

  /** A {@code compacted} line names the response that made its summary. */
  void compacted(Origin origin, Occurrence.Sink out) {
    String id = line.compactionResponseId.string();
    if (id == null) {
      return;
    }
    Usage used = records.remove(id);
    if (used == null) {
      compactions.add(id);
    } else {
      answered(key(id), used, origin, out);
    }
  }

  private String key(String response) {
    return "model_call:codex:" + thread.session() + ":response:" + response;
  }

  private void quota(Origin origin, Occurrence.Sink out) {
    if (!(line.rateLimits.value() instanceof Map<?, ?> limits) || limits.equals(quota)) {
      return;
    }
    quota = limits;
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    for (String key : new String[] {"plan_type", "primary", "secondary", "limit_id"}) {
      Object value = limits.get(key);
      if (value instanceof String text) {
        details.put(key, texts.name(text));
      } else if (value instanceof Map<?, ?> window) {
        details.put(key, numbers(window));
      }
    }
    if (details.containsKey("primary") || details.containsKey("secondary")) {
      out.take(
          new Occurrence.QuotaTold(
              origin, "rate_limits:codex:" + thread.session() + ":" + origin.time(), details));
    }
  }

  private static Map<String, Object> numbers(Map<?, ?> window) {
    Map<String, Object> numbers = new LinkedHashMap<>();
    for (String key :
        new String[] {"used_percent", "window_minutes", "resets_at", "resets_in_seconds"}) {
      if (window.get(key) instanceof Number number) {
        numbers.put(key, number);
      }
    }
    return numbers;
  }

  void save(JsonWriter state) {
    state.key("model").value(model).key("tier").value(tier).key("total_known").bool(totalKnown);
    state.key("input").number(total.input()).key("cached").number(total.cached());
    state.key("written").number(total.written()).key("output").number(total.output());
  }

  void restore(Map<String, @Nullable Object> state) {
    model = (String) state.get("model");
    tier = (String) state.get("tier");
    total =
        new Counts(
            number(state, "input"),
            number(state, "cached"),
            number(state, "written"),
            number(state, "output"));
    totalKnown = state.get("total_known") instanceof Boolean known ? known : total.input() > 0;
  }

  private static long number(Map<String, @Nullable Object> state, String key) {
    return state.get(key) instanceof Number number ? number.longValue() : 0;
  }
}
