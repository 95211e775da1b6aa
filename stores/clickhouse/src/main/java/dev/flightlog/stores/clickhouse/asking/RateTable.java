package dev.flightlog.stores.clickhouse.asking;

import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.store.sql.ModelRates;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * The table {@code rates}, which the view {@code model_calls} is joined with: a set of rows for
 * each time that prices changed, of which the newest counts. Stateless; blocks.
 */
public record RateTable(ServerConnection connection, String table) {
  /** Every model and billing; answered from sums. */
  public static final Aggregate CALLS =
      Aggregate.of(Filter.is(Field.EVENT_TYPE, EventTypes.MODEL_CALL), Measure.count())
          .by(Dimension.detail("model"), Dimension.detail("billing"));

  /** What is kept of one price. */
  private record Key(String model, String billing) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = model.compareTo(other.model);
      return order != 0 ? order : billing.compareTo(other.billing);
    }
  }

  /**
   * Keeps the rates of these calls, unless they are kept already.
   *
   * @param calls the rows of {@link #CALLS}
   * @param after makes a number larger than this one, and than all before
   * @param insert runs a statement that keeps rows
   */
  public void keep(
      List<Row> calls, ModelRates.Source source, LongUnaryOperator after, Consumer<Query> insert) {
    TreeMap<Key, ModelRates> rates = new TreeMap<>();
    for (Row call : calls) {
      String model = call.text(0);
      String billing = call.text(1);
      ModelRates known = model == null ? null : source.of(model, billing);
      if (model != null && known != null) {
        rates.put(new Key(model, billing == null ? "" : billing), known);
      }
    }
    if (rates.equals(kept())) {
      return;
    }
    long version = after.applyAsLong(newest());
    // A set without prices is one, too.
    StringJoiner rows = new StringJoiner(", ");
    rows.add(row(version, new Key("", ""), new ModelRates(0, 0, 0, 0, 0, 0)));
    rates.forEach((key, of) -> rows.add(row(version, key, of)));
    insert.accept(Query.of("INSERT INTO " + table + " VALUES " + rows));
  }

  /** Of whatever machine; its clock may be ahead. */
  private long newest() {
    Query newest = Query.of("SELECT toInt64(max(version)) FROM " + table + " FORMAT RowBinary");
    try (RowReader rows = RowReader.of(connection, newest)) {
      return rows.next() ? rows.whole() : 0;
    }
  }

  private static String row(long version, Key key, ModelRates of) {
    StringJoiner row = new StringJoiner(", ", "(", ")");
    row.add(Long.toString(version)).add(Literals.text(key.model)).add(Literals.text(key.billing));
    for (double rate :
        new double[] {
          of.input(),
          of.output(),
          of.cacheRead(),
          of.cacheWrite(),
          of.cacheWrite1h(),
          of.webSearch()
        }) {
      row.add(Double.toString(rate));
    }
    return row.toString();
  }

  private TreeMap<Key, ModelRates> kept() {
    TreeMap<Key, ModelRates> kept = new TreeMap<>();
    String sql =
        "SELECT model, billing, input, output, cache_read, cache_write, cache_write_1h, web_search"
            + " FROM "
            + table
            + " WHERE model != '' AND version = (SELECT max(version) FROM "
            + table
            + ") FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, Query.of(sql))) {
      while (rows.next()) {
        kept.put(
            new Key(rows.text(), rows.text()),
            new ModelRates(
                rows.real(), rows.real(), rows.real(), rows.real(), rows.real(), rows.real()));
      }
    }
    return kept;
  }
}
