package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Appended;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Forgotten;
import dev.flightlog.store.Measure;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.search.Search;
import dev.flightlog.store.search.SearchQuery;
import dev.flightlog.stores.testserver.ClickHouseCluster;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Clusters without Keeper of which a server is really down. */
class ServersAwayTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final long LOOK_NANOS = 20_000_000;

  private static ClickHouseCluster start(int shards, int replicas) {
    try {
      return ClickHouseCluster.start(shards, replicas);
    } catch (MissingServerException e) {
      String why = String.valueOf(e.getMessage());
      System.err.println(why);
      return Assumptions.abort(why);
    }
  }

  private static ClickHouseStore open(ClickHouseCluster cluster, Duration patience) {
    String address = cluster.address("flightlog", 0);
    String password = cluster.nodes().getFirst().password();
    return ClickHouseStore.open(
        ServerAddress.read(address.substring(address.indexOf(':') + 1), _ -> password),
        true,
        patience,
        System::currentTimeMillis);
  }

  @Test
  void tablesThatAnotherProgramIsJustMakingAreThoseOfFlightlog() {
    try (ClickHouseCluster cluster = start(1, 1)) {
      ClickHouseNode node = cluster.nodes().getFirst();
      try (ClickHouseStore store = open(cluster, LONG)) {
        store.append(Calls.append(0, 40));
      }
      // As it is when those of the cluster's servers are there, and those over all not yet.
      for (String table : List.of("meta", "events", "marks")) {
        node.query("DROP TABLE flightlog." + table + " SYNC");
      }
      try (ClickHouseStore store = open(cluster, LONG)) {
        assertThat(Calls.count(store)).isEqualTo(40);
      }
    }
  }

  @Test
  void halfOfTheEventsAreNeverToldAsAllOfThem() {
    try (ClickHouseCluster cluster = start(2, 1);
        ClickHouseStore store = open(cluster, LONG);
        ClickHouseStore hasty = open(cluster, SHORT)) {
      store.append(Calls.append(0, 40));
      store.settle();
      store.rollUp();
      store.append(Calls.append(40, 50));
      ClickHouseNode away = cluster.nodes().get(1);
      away.kill();
      ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
      ReadRequest newest = ReadRequest.newestFirst(Filter.EVERYTHING).limit(100);
      List<Runnable> calls =
          List.of(
              () -> Calls.count(hasty),
              () ->
                  hasty.aggregate(
                      Aggregate.of(
                          Filter.is(Field.AGENT_NAME, "a"),
                          Measure.sum(Attribute.of(Field.DURATION_MS)))),
              () -> hasty.read(all).finish(all),
              () -> hasty.read(newest).finish(newest),
              () -> hasty.search(Search.newest(SearchQuery.parse("word4*")), newest),
              () -> hasty.changes(Cursor.BEGINNING, 100),
              () -> hasty.sql("SELECT count() FROM events", 10, LONG),
              hasty::tombstones,
              () -> hasty.marks(""),
              () -> hasty.forget(Filter.is(Field.SESSION_ID, "s1")),
              () -> hasty.append(Calls.append(30, 60)));
      for (Runnable call : calls) {
        assertThatThrownBy(call::run)
            .isInstanceOfSatisfying(
                StoreException.class,
                e -> assertThat(e.worthRetrying()).as(e.getMessage()).isTrue());
      }
      assertThat(hasty.check().ok()).isFalse();
      away.start();
      assertThat(store.append(Calls.append(30, 60))).isEqualTo(new Appended(10, 0, 20, 0));
      assertThat(Calls.count(store)).isEqualTo(60);
    }
  }

  @Test
  void whatIsForgottenWhileAReplicaIsDownIsGoneThereWhenItIsBack() {
    try (ClickHouseCluster cluster = start(1, 2);
        ClickHouseStore store = open(cluster, LONG)) {
      store.append(Calls.append(0, 40));
      store.settle();
      store.rollUp();
      ClickHouseNode away = cluster.nodes().get(1);
      away.kill();
      assertThat(Calls.count(store)).isEqualTo(40);
      assertThat(store.forget(Filter.is(Field.SESSION_ID, "s1"))).isEqualTo(new Forgotten(20, 0));
      assertThat(Calls.count(store)).isEqualTo(20);
      assertThat(store.append(Calls.append(30, 50))).isEqualTo(new Appended(5, 0, 5, 0, 10));
      away.start();
      awaitEqual(cluster);
      for (ClickHouseNode node : cluster.nodes()) {
        assertThat(
                node.query(
                    "SELECT count(), countIf(session_id = 's1') FROM flightlog.events_local FINAL"))
            .isEqualTo("25\t0");
      }
      cluster.nodes().getFirst().kill();
      assertThat(Calls.count(store)).isEqualTo(25);
      assertThat(
              store.aggregate(
                  Aggregate.of(Filter.EVERYTHING, Measure.count()).by(Field.SESSION_ID)))
          .singleElement()
          .satisfies(row -> assertThat(row.whole(0)).isEqualTo(25));
    }
  }

  private static void awaitEqual(ClickHouseCluster cluster) {
    long end = System.nanoTime() + LONG.toNanos();
    String rows =
        "SELECT count(), groupBitXor(cityHash64(event_id)) FROM flightlog.events_local FINAL";
    while (cluster.nodes().stream().map(node -> node.query(rows)).distinct().count() != 1
        && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
