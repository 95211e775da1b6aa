package dev.flightlog.stores.clickhouse;

import dev.flightlog.event.Event;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.clickhouse.sql.FilterSql;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The events by their arrival. A server stamps each block with its time while it takes it in, so a
 * block that is still on its way may stand before one that is there: nothing is told of the time
 * from the oldest running INSERT on. In a cluster, whose clocks differ and whose replicas lag, the
 * newest two seconds are not told either: docs/decisions/0073-clickhouse-changes.md. Safe for many
 * threads.
 */
final class Feed {
  private static final long CLUSTER_MARGIN = 2_000_000;

  private final ServerConnection connection;
  private final TableNames names;
  private final String feed;
  private final AtomicLong counted;

  Feed(ServerConnection connection, String feed, AtomicLong counted) {
    this.connection = connection;
    this.names = new TableNames(connection.servers());
    this.feed = feed;
    this.counted = counted;
  }

  Cursor latest() {
    return new Place.Follower(ends(0, horizon()).last(), 0).cursor(feed);
  }

  Changes behind(Cursor after, Filter filter, int most) {
    long horizon = horizon();
    if (after.equals(Cursor.BEGINNING)) {
      Ends ends = ends(0, Long.MAX_VALUE);
      Place.Follower from = new Place.Follower(Place.NONE, ends.last().arrival());
      return page(from, filter, most, horizon, ends);
    }
    Place.Follower from = Place.Follower.of(after, feed);
    Ends ends = from == null ? Ends.NONE : ends(from.place().arrival(), Long.MAX_VALUE);
    return from == null || from.place().compareTo(ends.last()) > 0
        ? new Changes.Unknown("'" + after + "' is no cursor of the store " + connection.servers())
        : page(from, filter, most, horizon, ends);
  }

  private Changes page(Place.Follower from, Filter filter, int most, long horizon, Ends ends) {
    TreeMap<Place, @Nullable Event> found = new TreeMap<>();
    if (ends.tombstones.arrival() > from.begun() && ends.tombstones.compareTo(from.place()) > 0) {
      forgotten(from, most, horizon).forEach(place -> found.put(place, null));
    }
    events(from.place(), FilterSql.of(filter), most, horizon, found);
    List<Event> page = new ArrayList<>();
    List<Place> at = new ArrayList<>();
    List<String> gone = new ArrayList<>();
    Changes.Places places = event -> from.at(at.get(event)).cursor(feed);
    Place next = from.place();
    for (var one : found.entrySet()) {
      if (page.size() + gone.size() == most) {
        return new Changes.Page(page, gone, from.at(next).cursor(feed), true, places);
      }
      next = one.getKey();
      Event event = one.getValue();
      if (event != null) {
        page.add(event);
        at.add(next);
      } else {
        gone.add(next.id());
      }
    }
    Place end =
        ends.last().arrival() < horizon
            ? ends.last()
            : ends(from.place().arrival(), horizon).last();
    next = end.compareTo(next) > 0 ? end : next;
    return new Changes.Page(page, gone, from.at(next).cursor(feed), false, places);
  }

  /** Adds at least one more than so many, if there are. */
  private void events(
      Place after, FilterSql where, int most, long horizon, TreeMap<Place, @Nullable Event> found) {
    Place at = after;
    int wanted = most + 1;
    while (wanted > 0) {
      int read = 0;
      try (RowReader rows = RowReader.of(connection, query(at, where, most + 1, horizon))) {
        while (rows.next()) {
          long arrival = rows.whole();
          long number = rows.whole();
          Event event = EventRow.read(rows);
          at = new Place(arrival, number, event.id());
          read++;
          counted.incrementAndGet();
          if (where.unmet().matches(event)) {
            found.put(at, event);
            wanted--;
          }
        }
      }
      if (read <= most) {
        return;
      }
    }
  }

  private Query query(Place after, FilterSql where, int limit, long horizon) {
    return Query.of(
        "SELECT arrival, toUInt64(place), "
            + EventRow.columns()
            + " FROM "
            + names.name("events")
            + " FINAL WHERE aside = 0 AND "
            + behind(after, "event_id", horizon)
            + " AND "
            + where.sql()
            + " ORDER BY arrival, place, event_id LIMIT "
            + limit
            + " FORMAT RowBinary");
  }

  private static String behind(Place after, String id, long horizon) {
    return "arrival >= "
        + after.arrival()
        + " AND arrival < "
        + horizon
        + " AND (arrival, place, "
        + id
        + ") > ("
        + after.arrival()
        + ", "
        + after.number()
        + ", "
        + Literals.text(after.id())
        + ")";
  }

  private List<Place> forgotten(Place.Follower from, int most, long horizon) {
    List<Place> places = new ArrayList<>();
    String sql =
        "SELECT arrival, toUInt64(place), value FROM "
            + names.name("tombstones")
            + " WHERE kind = "
            + TombstoneTable.About.EVENT.ordinal()
            + " AND arrival > "
            + from.begun()
            + " AND "
            + behind(from.place(), "value", horizon)
            + " ORDER BY arrival, place, value LIMIT "
            + (most + 1)
            + " FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, Query.of(sql))) {
      while (rows.next()) {
        places.add(new Place(rows.whole(), rows.whole(), rows.text()));
      }
    }
    return places;
  }

  /** The last places of both tables. */
  private record Ends(Place events, Place tombstones) {
    static final Ends NONE = new Ends(Place.NONE, Place.NONE);

    Place last() {
      return events.compareTo(tombstones) > 0 ? events : tombstones;
    }
  }

  /** The last places before a time, of those from an arrival on. */
  private Ends ends(long since, long until) {
    Place events = Place.NONE;
    Place tombstones = Place.NONE;
    String sql =
        last(0, "events", "event_id", since, until)
            + " UNION ALL "
            + last(1, "tombstones", "value", since, until)
            + " FORMAT RowBinary";
    try (RowReader rows = RowReader.of(connection, Query.of(sql))) {
      while (rows.next()) {
        boolean forgotten = rows.oneByte() != 0;
        Place place = new Place(rows.whole(), rows.whole(), rows.text());
        events = forgotten ? events : place;
        tombstones = forgotten ? place : tombstones;
      }
    }
    return new Ends(events, tombstones);
  }

  private String last(int number, String table, String id, long since, long until) {
    return "SELECT * FROM (SELECT toUInt8("
        + number
        + "), arrival, toUInt64(place) AS number, "
        + id
        + " AS id FROM "
        + names.name(table)
        + " WHERE arrival >= "
        + since
        + " AND arrival < "
        + until
        + " ORDER BY arrival DESC, number DESC, id DESC LIMIT 1)";
  }

  /** The time before which everything that is ever stamped with it can be seen. */
  long horizon() {
    boolean spread = connection.servers().cluster().isPresent();
    String processes =
        connection
            .servers()
            .cluster()
            .map(cluster -> "clusterAllReplicas(`" + cluster + "`, system.processes)")
            .orElse("system.processes");
    String sql =
        "SELECT toUnixTimestamp64Micro(now64(6)) AS now,"
            + " minOrNull(now - toInt64(elapsed * 1e6) - 1000) FROM "
            + processes
            + " WHERE query_kind = 'Insert' AND position(query, "
            + Literals.text("`" + connection.servers().database() + "`.")
            + ") > 0 FORMAT RowBinary";
    try (RowReader rows =
        RowReader.of(connection, Query.of(sql).with("skip_unavailable_shards", "1"))) {
      if (!rows.next()) {
        return 0;
      }
      long now = rows.whole();
      Long running = rows.wholeOrNull();
      long before = running == null ? now : Math.min(now, running);
      return spread ? before - CLUSTER_MARGIN : before;
    }
  }
}
