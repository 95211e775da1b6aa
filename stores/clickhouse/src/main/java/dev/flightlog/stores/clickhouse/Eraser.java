package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.Dimension;
import dev.flightlog.store.StoreException;
import dev.flightlog.stores.clickhouse.http.Query;
import dev.flightlog.stores.clickhouse.http.RowReader;
import dev.flightlog.stores.clickhouse.http.ServerConnection;
import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.clickhouse.rollups.SumBuilder;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * Takes events off the disks. A server that is down keeps the bytes until the next time; that they
 * are not answered is seen to by the gravestones, which reach it when it is back. Stateless.
 */
record Eraser(ServerConnection connection, TableNames names) {
  private static final String WORDS = "word_parts";

  /** What was built; the first one tells of the others, and what is not told of is not used. */
  private static final List<String> BUILT =
      List.of("sum_builds", WORDS, "cells", "cell_ranks", "cell_sessions");

  private static final int MOST_AT_ONCE = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  void erase(List<String> ids) {
    for (int from = 0; from < ids.size(); from += MOST_AT_ONCE) {
      List<String> some = ids.subList(from, Math.min(ids.size(), from + MOST_AT_ONCE));
      String those = "event_id IN " + Literals.texts(some);
      List<Query> deletions = new ArrayList<>(ofSums(those));
      deletions.add(deletion("events", "deleted = 0 AND " + those));
      deletions.add(deletion("changed", those));
      deletions.add(deletion("ids", those));
      everywhere(deletions);
    }
  }

  /** What was made of these hours is not used from now on, and goes with its words. */
  private List<Query> ofSums(String those) {
    String hour = "micros - positiveModulo(micros, " + Dimension.Span.HOUR.micros() + ")";
    String from = " FROM " + names.name("ids") + " WHERE " + those;
    Inserts.run(
        connection,
        Query.of(
            "INSERT INTO "
                + names.name("touched")
                + " SELECT DISTINCT "
                + hour
                + ", toUInt64(toUnixTimestamp64Micro(now64(6))), 0"
                + from),
        UUID.randomUUID().toString());
    StringJoiner lengths = new StringJoiner(", ", "(level, start) IN (", ")");
    boolean any = false;
    try (RowReader hours =
        RowReader.of(
            connection, Query.of("SELECT DISTINCT " + hour + from + " FORMAT RowBinary"))) {
      while (hours.next()) {
        any = true;
        List<Long> at = SumBuilder.lengthsAt(hours.whole());
        for (int level = 0; level < at.size(); level++) {
          lengths.add("(" + level + ", " + Literals.whole(at.get(level)) + ")");
        }
      }
    }
    String built = lengths.toString();
    return any ? BUILT.stream().map(table -> deletion(table, built)).toList() : List.of();
  }

  /**
   * Deletes what was built and replaced. The rows are marked, and leave the disk with a later
   * merge; they are told of until then, so that a deletion that breaks off is done again.
   */
  void eraseBuilt(String where) {
    List<Query> deletions = new ArrayList<>();
    for (String table : BUILT.reversed()) {
      String delete = "DELETE FROM " + names.local(table) + " " + names.onCluster();
      deletions.add(Query.of(delete + " WHERE " + where).with("lightweight_deletes_sync", "1"));
    }
    everywhere(deletions);
  }

  /** Deletes marks that nobody reads; they leave the disk some time later. */
  void eraseMarks(String where) {
    everywhere(List.of(deletion("marks", where).with("mutations_sync", "0")));
  }

  /** Deletes all from before this time but what it was added up to. */
  void eraseBefore(long micros) {
    String rows = "micros < " + Literals.whole(micros);
    String words = SumBuilder.ofWords() + " AND start < " + Literals.whole(micros);
    everywhere(
        List.of(
            deletion("events", rows),
            deletion("changed", rows),
            deletion("ids", rows),
            deletion("sum_builds", words),
            deletion(WORDS, "start < " + Literals.whole(micros))));
  }

  private Query deletion(String table, String where) {
    return Query.of(
            "ALTER TABLE "
                + names.local(table)
                + " "
                + names.onCluster()
                + " DELETE WHERE "
                + where)
        .with("mutations_sync", "1");
  }

  /** A server that is down is waited for once, and keeps what it has. */
  private void everywhere(List<Query> deletions) {
    Servers servers = connection.servers();
    if (servers.cluster().isEmpty() || servers.replicated()) {
      deletions.forEach(connection::run);
      return;
    }
    EachServer.run(
        servers,
        PATIENCE,
        server -> {
          try {
            deletions.forEach(server::run);
          } catch (StoreException e) {
            if (!e.worthRetrying()) {
              throw e;
            }
          }
        });
  }
}
