package dev.flightlog.stores.sqlite;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.store.sql.ModelRates;
import dev.flightlog.stores.sqlite.sql.DatabaseConnection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The table {@code rates}, which the view {@code model_calls} is joined with.
 *
 * @param rates by model, then by billing; the empty text is the standard
 */
record RateTable(Map<String, Map<String, ModelRates>> rates) {
  /** Every model and billing; answered from sums. */
  static final Aggregate CALLS =
      Aggregate.of(Filter.is(Field.EVENT_TYPE, EventTypes.MODEL_CALL), Measure.count())
          .by(Dimension.detail("model"), Dimension.detail("billing"));

  static RateTable of(List<Row> calls, ModelRates.Source source) {
    Map<String, Map<String, ModelRates>> rates = new HashMap<>();
    for (Row call : calls) {
      String model = call.text(0);
      String billing = call.text(1);
      ModelRates known = model == null ? null : source.of(model, billing);
      if (model != null && known != null) {
        rates
            .computeIfAbsent(model, _ -> new HashMap<>())
            .put(billing == null ? "" : billing, known);
      }
    }
    return new RateTable(rates);
  }

  static RateTable kept(DatabaseConnection connection) throws SQLException {
    Map<String, Map<String, ModelRates>> rates = new HashMap<>();
    try (ResultSet rows =
        connection.query(
            "SELECT model, billing, input, output, cache_read, cache_write, cache_write_1h,"
                + " web_search FROM rates")) {
      while (rows.next()) {
        rates
            .computeIfAbsent(rows.getString(1), _ -> new HashMap<>())
            .put(
                rows.getString(2),
                new ModelRates(
                    rows.getDouble(3),
                    rows.getDouble(4),
                    rows.getDouble(5),
                    rows.getDouble(6),
                    rows.getDouble(7),
                    rows.getDouble(8)));
      }
    }
    return new RateTable(rates);
  }

  /** Puts these in the place of what is kept. */
  void keep(DatabaseConnection connection) throws SQLException {
    connection.<Boolean>transaction(() -> {
      connection.update("DELETE FROM rates");
      for (Map.Entry<String, Map<String, ModelRates>> model : rates.entrySet()) {
        for (Map.Entry<String, ModelRates> billing : model.getValue().entrySet()) {
          ModelRates of = billing.getValue();
          connection.update(
              "INSERT INTO rates VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
              model.getKey(),
              billing.getKey(),
              of.input(),
              of.output(),
              of.cacheRead(),
              of.cacheWrite(),
              of.cacheWrite1h(),
              of.webSearch());
        }
      }
      return true;
    });
  }
}
