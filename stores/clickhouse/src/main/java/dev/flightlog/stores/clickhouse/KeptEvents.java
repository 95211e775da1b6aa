package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import dev.flightlog.event.Merge;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds events by their ids: where they may be first, then what stands there. */
final class KeptEvents {
  private final ServerConnection connection;
  private final TableNames names;
  private final TombstoneTable tombstones;

  KeptEvents(ServerConnection connection, TombstoneTable tombstones) {
    this.connection = connection;
    this.names = new TableNames(connection.servers());
    this.tombstones = tombstones;
  }

  /**
   * What is kept of these ids; the tombstones are then as they are now, too.
   *
   * @param whole those whose events are needed; of the others, only of those that wait
   */
  Map<String, KeptEvent> of(Collection<String> ids, Set<String> whole) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    Map<String, List<Long>> places = places(ids);
    if (places.isEmpty()) {
      return Map.of();
    }
    Map<String, KeptEvent> kept = new HashMap<>();
    Set<String> wanted = new HashSet<>(places.keySet());
    wanted.removeAll(whole);
    if (!wanted.isEmpty()) {
      read(places, wanted, false, kept);
    }
    Set<String> full = new HashSet<>(places.keySet());
    full.removeIf(id -> !whole.contains(id) && !(kept.get(id) instanceof KeptEvent k && k.aside()));
    if (!full.isEmpty()) {
      full.forEach(kept::remove);
      read(places, full, true, kept);
    }
    return kept;
  }

  private Map<String, List<Long>> places(Collection<String> ids) {
    Map<String, List<Long>> places = new HashMap<>();
    try (RowReader rows =
        RowReader.of(
            connection,
            Query.of(
                "SELECT DISTINCT toUInt8(0), event_id, micros FROM "
                    + names.name("ids")
                    + " WHERE event_id IN "
                    + Literals.texts(ids)
                    + " UNION ALL SELECT toUInt8(1), '', toInt64(count()) FROM "
                    + names.name("tombstones")
                    + " FORMAT RowBinary"))) {
      while (rows.next()) {
        boolean counted = rows.oneByte() != 0;
        String id = rows.text();
        long number = rows.whole();
        if (counted) {
          tombstones.refresh(number);
        } else {
          places.computeIfAbsent(id, _ -> new ArrayList<>()).add(number);
        }
      }
    }
    return places;
  }

  private void read(
      Map<String, List<Long>> places, Set<String> ids, boolean whole, Map<String, KeptEvent> kept) {
    StringBuilder keys = new StringBuilder("(");
    for (String id : ids) {
      for (long place : Objects.requireNonNull(places.get(id))) {
        keys.append(keys.length() == 1 ? "(" : ", (")
            .append(Literals.whole(place))
            .append(", ")
            .append(Literals.text(id))
            .append(')');
      }
    }
    keys.append(')');
    String sql =
        "SELECT "
            + (whole ? EventRow.columns() : "event_id, micros")
            + ", version, aside FROM "
            + names.name("events")
            + " FINAL WHERE (micros, event_id) IN "
            + keys
            + " FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, Query.of(sql))) {
      while (rows.next()) {
        Event event = whole ? EventRow.read(rows) : null;
        String id = event != null ? event.id() : rows.text();
        long micros = event != null ? event.micros() : rows.whole();
        long version = rows.whole();
        boolean aside = rows.oneByte() != 0;
        kept.merge(id, new KeptEvent(event, aside, version, List.of(micros)), KeptEvents::joined);
      }
    }
  }

  /** Two rows of one id: as if their events had come one after the other. */
  private static KeptEvent joined(KeptEvent a, KeptEvent b) {
    List<Long> places = new ArrayList<>(a.places());
    places.addAll(b.places());
    Event first = a.event();
    Event second = b.event();
    return new KeptEvent(
        first == null || second == null ? null : Merge.combine(first, second),
        a.aside() && b.aside(),
        Math.max(a.version(), b.version()),
        places);
  }
}
