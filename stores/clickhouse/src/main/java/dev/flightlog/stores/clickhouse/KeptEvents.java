package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.Query.SentTable;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.clickhouse.rows.NativeBlock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is kept of ids. In a cluster all replicas are asked, since one may lag behind: what
 * was told to any of them that answers is seen. Rows are read as they lie there, without {@code
 * FINAL}, and the newest is found here.
 */
final class KeptEvents {
  private static final String SENT = "sent";

  private final ServerConnection connection;
  private final TableNames names;
  private final TombstoneTable tombstones;

  KeptEvents(ServerConnection connection, TombstoneTable tombstones) {
    this.connection = connection;
    this.names = new TableNames(connection.servers());
    this.tombstones = tombstones;
  }

  /** The same of ids that are written out here. */
  Map<String, KeptEvent> of(Collection<String> ids) {
    NativeBlock rows = new NativeBlock();
    ids.forEach(rows::text);
    return of(rows.toByteArray());
  }

  /**
   * Where something is kept of these ids, without the events; the tombstones are then as they are
   * now, too.
   *
   * @param ids a column of a String in the format RowBinary
   */
  Map<String, KeptEvent> of(byte[] ids) {
    if (ids.length == 0) {
      return Map.of();
    }
    String sql =
        "SELECT event_id, micros, version, deleted, aside FROM "
            + names.onAllReplicas("events")
            + " WHERE (micros, event_id) IN (SELECT micros, event_id FROM "
            + names.local("ids")
            + " WHERE event_id IN "
            + SENT
            + ")";
    Query query = query(sql, new SentTable("event_id String", ids));
    // A shard of which no replica answers must not be passed over: this fails then.
    tombstones.refresh();
    Map<String, List<StandingRow>> found = new HashMap<>();
    try (RowReader rows = RowReader.of(connection, query)) {
      while (rows.next()) {
        String id = rows.text();
        found.computeIfAbsent(id, _ -> new ArrayList<>(1)).add(row(rows, null, rows.whole()));
      }
    }
    return together(found);
  }

  /** The same with the events. */
  Map<String, KeptEvent> whole(Map<String, KeptEvent> which) {
    if (which.isEmpty()) {
      return Map.of();
    }
    NativeBlock keys = new NativeBlock();
    which.forEach((id, kept) -> {
      for (long micros : kept.places()) {
        keys.whole(micros);
        keys.text(id);
      }
    });
    String sql =
        "SELECT "
            + EventRow.columns()
            + ", version, deleted, aside FROM "
            + names.onAllReplicas("events")
            + " WHERE (micros, event_id) IN "
            + SENT;
    Query query = query(sql, new SentTable("micros Int64, event_id String", keys.toByteArray()));
    Map<String, List<StandingRow>> found = new HashMap<>();
    try (RowReader rows = RowReader.of(connection, query)) {
      while (rows.next()) {
        Event event = EventRow.read(rows);
        found
            .computeIfAbsent(event.id(), _ -> new ArrayList<>(1))
            .add(row(rows, event, event.micros()));
      }
    }
    return together(found);
  }

  private static Query query(String sql, SentTable sent) {
    return Query.of(sql + " FORMAT RowBinary")
        .with(SENT, sent)
        .with("skip_unavailable_shards", "1");
  }

  private static StandingRow row(
      RowReader rows, @Nullable Event event, long micros) {
    long version = rows.whole();
    boolean deleted = rows.oneByte() != 0;
    return new StandingRow(event, micros, version, deleted, rows.oneByte() != 0);
  }

  private static Map<String, KeptEvent> together(Map<String, List<StandingRow>> found) {
    Map<String, KeptEvent> kept = new HashMap<>();
    found.forEach((id, rows) -> {
      KeptEvent one = StandingRow.together(rows);
      if (one != null) {
        kept.put(id, one);
      }
    });
    return kept;
  }
}
