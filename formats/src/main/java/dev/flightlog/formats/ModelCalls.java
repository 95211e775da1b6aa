package dev.flightlog.formats;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.formats.usage.Prices;
import dev.flightlog.formats.usage.Usage;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The model responses that are being read. One response stands on several lines, each with a copy
 * of its usage, of which the early ones are placeholders: the largest counts. What is met again
 * after it was let go becomes another report of the same event, which the store joins.
 */
final class ModelCalls {
  private static final int MOST_OPEN = 256;

  private final Rows rows;
  private final Prices prices;
  private final Map<String, Open> open = new LinkedHashMap<>();

  private static final class Open {
    private Where where;
    private @Nullable String model;
    private Usage usage = Usage.NONE;
    private double cost = Double.NaN;
    private @Nullable String stopReason;
    private long window;

    Open(Where where) {
      this.where = where;
    }
  }

  ModelCalls(Rows rows, Prices prices) {
    this.rows = rows;
    this.prices = prices;
  }

  /**
   * A line of a response.
   *
   * @param cost what the source itself says it cost in US dollars, or NaN
   * @param window the context window as the source tells it, or 0
   */
  void line(
      String key,
      Where where,
      @Nullable String model,
      Usage usage,
      double cost,
      @Nullable String stopReason,
      long window,
      EventBatch out) {
    Open call = open.get(key);
    if (call == null) {
      if (open.size() >= MOST_OPEN) {
        Iterator<Map.Entry<String, Open>> eldest = open.entrySet().iterator();
        Map.Entry<String, Open> entry = eldest.next();
        emit(entry.getKey(), entry.getValue(), out);
        eldest.remove();
      }
      call = new Open(where);
      open.put(key, call);
    } else {
      call.where = call.where.joined(where);
    }
    call.model = Where.larger(call.model, model);
    call.stopReason = Where.larger(call.stopReason, stopReason);
    call.window = Math.max(call.window, window);
    if (usage.total() >= call.usage.total()) {
      call.usage = usage;
      call.cost = cost;
    }
  }

  void flush(EventBatch out) {
    open.forEach((key, call) -> emit(key, call, out));
    open.clear();
  }

  private void emit(String key, Open call, EventBatch out) {
    Usage usage = call.usage;
    rows.begin(out, Mode.MERGE, key, EventTypes.MODEL_CALL, call.where);
    out.integer(Field.TOKENS_USED, usage.total());
    long window =
        call.window > 0 ? call.window : prices.window(call.model, usage.context() + usage.output());
    if (window > 0) {
      double percent = Math.min(100, 100.0 * usage.context() / window);
      out.real(Field.CONTEXT_PERCENT, Math.round(percent * 100) / 100.0);
    }
    rows.detail("model", call.model)
        .detail("input_tokens", usage.input())
        .detail("output_tokens", usage.output())
        .detail("cache_read_tokens", usage.cacheRead())
        .detail("cache_write_tokens", usage.cacheWrite());
    rows.billing(usage, !Double.isNaN(call.cost));
    double cost = Double.isNaN(call.cost) ? prices.cost(call.model, usage) : call.cost;
    if (!Double.isNaN(cost)) {
      rows.details.key("cost_usd").number(Math.round(cost * 1e9) / 1e9);
    }
    rows.detail("stop_reason", call.stopReason);
    rows.end(out);
  }
}
