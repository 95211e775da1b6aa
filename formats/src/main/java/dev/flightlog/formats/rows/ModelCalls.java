package dev.flightlog.formats.rows;

import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.formats.occurrence.Attribution;
import dev.flightlog.formats.occurrence.Occurrence.ModelAnswered;
import dev.flightlog.formats.occurrence.Origin;
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
  private final RowBuilder rows;
  private final Prices prices;
  private final int mostOpen;
  private final Map<String, Open> open = new LinkedHashMap<>();

  private static final class Open {
    private Origin origin;
    private @Nullable String model;
    private Usage usage = Usage.NONE;
    private double cost = Double.NaN;
    private @Nullable String stopReason;
    private long window;

    Open(Origin origin) {
      this.origin = origin;
    }
  }

  ModelCalls(RowBuilder rows, Prices prices, int mostOpen) {
    this.rows = rows;
    this.prices = prices;
    this.mostOpen = mostOpen;
  }

  /** A report of a response. */
  void answered(ModelAnswered report, EventBatch out) {
    Open call = open.get(report.key());
    if (call == null) {
      if (open.size() >= mostOpen) {
        Iterator<Map.Entry<String, Open>> eldest = open.entrySet().iterator();
        Map.Entry<String, Open> entry = eldest.next();
        emit(entry.getKey(), entry.getValue(), out);
        eldest.remove();
      }
      call = new Open(report.origin());
      open.put(report.key(), call);
    } else {
      call.origin = call.origin.joined(report.origin());
    }
    call.model = Attribution.larger(call.model, report.model());
    call.stopReason = Attribution.larger(call.stopReason, report.stopReason());
    call.window = Math.max(call.window, report.window());
    boolean known = !Double.isNaN(report.costUsd());
    if (report.usage().total() > call.usage.total()
        || (report.usage().total() == call.usage.total() && (known || Double.isNaN(call.cost)))) {
      call.usage = report.usage();
      call.cost = report.costUsd();
    }
  }

  void flush(EventBatch out) {
    open.forEach((key, call) -> emit(key, call, out));
    open.clear();
  }

  private void emit(String key, Open call, EventBatch out) {
    Usage usage = call.usage;
    rows.begin(out, Mode.MERGE, key, EventTypes.MODEL_CALL, call.origin);
    out.integer(Field.TOKENS_USED, usage.total());
    long window =
        call.window > 0 ? call.window : prices.window(call.model, usage.context() + usage.output());
    if (window > 0) {
      double percent = Math.min(100, 100.0 * usage.context() / window);
      out.real(Field.CONTEXT_PERCENT, Math.round(percent * 100) / 100.0);
    }
    boolean told = !Double.isNaN(call.cost);
    rows.detail("model", call.model).usage(usage, told);
    double cost = told ? call.cost : prices.cost(call.model, usage);
    if (!Double.isNaN(cost)) {
      rows.details().key("cost_usd").number(Math.round(cost * 1e9) / 1e9);
    }
    rows.detail("stop_reason", call.stopReason);
    rows.end(out);
  }
}
