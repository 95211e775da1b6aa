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
import java.util.stream.Collectors;

/**
 * Finds what is kept of ids. In a cluster all replicas are asked, since one may lag behind: what
 * was told to any of them that answers is seen. Rows are read as they lie there, without {@code
 * FINAL}, and the newest is found here.
 */
final class KeptEvents {
  private static final String SENT = "sent";

  /** In the place of whether a row waits: it is the number of tombstones. */
  private static final int COUNTED = 2;

  private final ServerConnection connection;
  private final TableNames names;
  private final TombstoneTable tombstones;

  KeptEvents(ServerConnection connection, TombstoneTable tombstones) {
    this.connection = connection;
    this.names = new TableNames(connection.servers());
    this.tombstones = tombstones;
  }

  /**
   * The same of ids that are written out here, with all that was told of them in the last hour,
   * also what ClickHouse has merged away since: a program may have told it that did not see what
   * hid it.
   */
  Map<String, KeptEvent> toldOf(Collection<String> ids) {
    NativeBlock rows = new NativeBlock();
    ids.forEach(rows::text);
    return of(
        rows.toByteArray(),
        " UNION ALL SELECT event_id, micros, version, deleted, aside FROM "
            + names.onAllReplicas("changed")
            + " WHERE event_id IN "
            + SENT);
  }

  /**
   * Where something is kept of these ids, without the events; the tombstones are then as they are
   * now, too.
   *
   * @param ids a column of a String in the format RowBinary
   */
  Map<String, KeptEvent> of(byte[] ids) {
    return of(ids, "");
  }

  private Map<String, KeptEvent> of(byte[] ids, String told) {
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
            + ")"
            + told;
    boolean spread = connection.servers().cluster().isPresent();
    if (spread) {
      // A shard of which no replica answers must not be passed over: this fails then.
      tombstones.refresh();
    } else {
      sql +=
          " UNION ALL SELECT '', toInt64(count()), toUInt64(0), toUInt8(0), toUInt8("
              + COUNTED
              + ") FROM "
              + names.name("tombstones");
    }
    Query query = query(sql, new SentTable("event_id String", ids));
    Map<String, List<StandingRow>> found = new HashMap<>();
    try (RowReader rows = RowReader.of(connection, query)) {
      while (rows.next()) {
        String id = rows.text();
        long micros = rows.whole();
        long version = rows.whole();
        boolean deleted = rows.oneByte() != 0;
        int aside = rows.oneByte();
        if (aside == COUNTED) {
          tombstones.refresh(micros);
        } else {
          found
              .computeIfAbsent(id, _ -> new ArrayList<>(1))
              .add(new StandingRow(null, micros, version, deleted, aside != 0));
        }
      }
    }
    return together(found);
  }

  /** The same with the events. */
  Map<String, KeptEvent> whole(Map<String, KeptEvent> which) {
    return whole(which, List.of("events"));
  }

  /** The same with all that was told of them in the last hour. */
  Map<String, KeptEvent> wholeAsTold(Map<String, KeptEvent> which) {
    return whole(which, List.of("events", "changed"));
  }

  private Map<String, KeptEvent> whole(Map<String, KeptEvent> which, List<String> tables) {
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
        tables.stream()
            .map(table ->
                "SELECT "
                    + EventRow.columns()
                    + ", version, deleted, aside FROM "
                    + names.onAllReplicas(table)
                    + " WHERE (micros, event_id) IN "
                    + SENT)
            .collect(Collectors.joining(" UNION ALL "));
    Query query = query(sql, new SentTable("micros Int64, event_id String", keys.toByteArray()));
    Map<String, List<StandingRow>> found = new HashMap<>();
    try (RowReader rows = RowReader.of(connection, query)) {
      while (rows.next()) {
        Event event = EventRow.read(rows);
        long version = rows.whole();
        boolean deleted = rows.oneByte() != 0;
        boolean aside = rows.oneByte() != 0;
        found
            .computeIfAbsent(event.id(), _ -> new ArrayList<>(1))
            .add(new StandingRow(event, event.micros(), version, deleted, aside));
      }
    }
    return together(found);
  }

  private static Query query(String sql, SentTable sent) {
    return Query.of(sql + " FORMAT RowBinary")
        .with(SENT, sent)
        .with("skip_unavailable_shards", "1");
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
