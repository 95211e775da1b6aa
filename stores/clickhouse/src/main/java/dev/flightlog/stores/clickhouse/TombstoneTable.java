package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.Tombstones;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.rollups.ExpiryTime;
import dev.flightlog.stores.clickhouse.rows.NativeBlock;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was forgotten, as this process knows it. Not safe for several threads. */
final class TombstoneTable {
  /** What a row is about. */
  enum About {
    EVENT,
    WAITING_PART,
    NAMED_ID,
    SESSION,
    /** All events before a time: their rows were let go. */
    EXPIRED
  }

  private final ServerConnection connection;
  private final TableNames names;
  private final Set<String> ids = new HashSet<>();
  private final Set<String> sessions = new HashSet<>();
  private final ExpiryTime expiry;
  private long rows;

  /**
   * @param expiry is told of what is read about it
   */
  TombstoneTable(ServerConnection connection, ExpiryTime expiry) {
    this.connection = connection;
    this.expiry = expiry;
    this.names = new TableNames(connection.servers());
  }

  /**
   * Reads what others have added.
   *
   * @return whether there was anything
   */
  boolean refresh() {
    return refresh(count());
  }

  /** The same, where it is known how many rows there are. */
  boolean refresh(long now) {
    if (now == rows) {
      return false;
    }
    try (RowReader found =
        RowReader.of(
            connection,
            Query.of(
                "SELECT kind, value FROM " + names.name("tombstones") + " FORMAT RowBinary"))) {
      while (found.next()) {
        int kind = found.oneByte();
        String value = found.text();
        if (kind == About.EXPIRED.ordinal()) {
          expiry.tell(Long.parseLong(value));
        } else {
          (kind == About.SESSION.ordinal() ? sessions : ids).add(value);
        }
      }
    }
    rows = now;
    return true;
  }

  /** Rows are only ever added. */
  private long count() {
    try (RowReader found =
        RowReader.of(
            connection,
            Query.of("SELECT count() FROM " + names.name("tombstones") + " FORMAT RowBinary"))) {
      return found.next() ? found.whole() : 0;
    }
  }

  boolean covers(String id, @Nullable String session) {
    return ids.contains(id) || sessions.contains(session);
  }

  /** Whether no event and no session was forgotten. */
  boolean isEmpty() {
    return ids.isEmpty() && sessions.isEmpty();
  }

  /** Whether events of this time are not taken in any more, since theirs were let go. */
  boolean isExpired(long micros) {
    return micros < expiry.micros();
  }

  Tombstones all() {
    return new Tombstones(ids, sessions);
  }

  /** Adds that all events before a time are gone. */
  void expire(long micros) {
    NativeBlock block = new NativeBlock().begin(3, 1);
    block.column("kind", "UInt8");
    block.oneByte(About.EXPIRED.ordinal());
    block.column("value", "String");
    block.text(Long.toString(micros));
    block.column("place", "UInt32");
    block.small(0);
    insert(block);
    expiry.tell(micros);
    rows++;
  }

  /** Adds these, all or none. */
  void add(Collection<String> events, Collection<String> waiting, Tombstones named) {
    Set<String> namedIds = new HashSet<>(named.events());
    namedIds.removeAll(ids);
    namedIds.removeAll(events);
    namedIds.removeAll(waiting);
    Set<String> newSessions = new HashSet<>(named.sessions());
    newSessions.removeAll(sessions);
    int size = events.size() + waiting.size() + namedIds.size() + newSessions.size();
    if (size == 0) {
      return;
    }
    NativeBlock block = new NativeBlock().begin(3, size);
    block.column("kind", "UInt8");
    events.forEach(_ -> block.oneByte(About.EVENT.ordinal()));
    waiting.forEach(_ -> block.oneByte(About.WAITING_PART.ordinal()));
    namedIds.forEach(_ -> block.oneByte(About.NAMED_ID.ordinal()));
    newSessions.forEach(_ -> block.oneByte(About.SESSION.ordinal()));
    block.column("value", "String");
    events.forEach(block::text);
    waiting.forEach(block::text);
    namedIds.forEach(block::text);
    newSessions.forEach(block::text);
    block.column("place", "UInt32");
    for (int i = 0; i < size; i++) {
      block.small(i);
    }
    insert(block);
    ids.addAll(events);
    ids.addAll(waiting);
    ids.addAll(namedIds);
    sessions.addAll(newSessions);
    rows += size;
  }

  private void insert(NativeBlock block) {
    Inserts.run(
        connection,
        "INSERT INTO " + names.name("tombstones") + " (kind, value, place) FORMAT Native",
        block.toByteArray(),
        UUID.randomUUID().toString());
  }
}
