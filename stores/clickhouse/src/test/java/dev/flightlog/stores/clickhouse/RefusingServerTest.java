package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.store.Appended;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.stores.clickhouse.http.Servers;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A server that answers and cannot take anything: what is told, and what becomes of the events. */
class RefusingServerTest {
  private static final int NO_SPACE = 243;
  private static final int READ_ONLY = 774;
  private static final int MEGABYTES = 64;
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONG = Duration.ofSeconds(60);

  private static ClickHouseStore open(ClickHouseNode node, String database, Duration patience) {
    String address = node.address(database);
    Servers servers =
        ServerAddress.read(address.substring(address.indexOf(':') + 1), _ -> node.password());
    return ClickHouseStore.open(servers, true, patience, System::currentTimeMillis);
  }

  private static void fails(Runnable call, Kind kind, String... told) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StoreException.class,
            e -> {
              assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind);
              assertThat(e.worthRetrying()).isTrue();
            })
        .hasMessageContainingAll(told);
  }

  private static long refused(ClickHouseNode node, int code) {
    return Long.parseLong(node.query("SELECT sum(value) FROM system.errors WHERE code = " + code));
  }

  /** Appends while the server refuses, until it has; then the server is mended. */
  private static Appended appendAcross(
      ClickHouseNode node, EventStore store, int code, Runnable mend) throws Exception {
    try (ExecutorService machine = Executors.newVirtualThreadPerTaskExecutor()) {
      long before = refused(node, code);
      Future<Appended> appending = machine.submit(() -> store.append(Calls.append(0, 30)));
      while (refused(node, code) == before) {
        assertThat(appending).isNotDone();
      }
      mend.run();
      return appending.get();
    }
  }

  @Test
  void whatAFullServerRefusesIsToldAndKeptOnceWhenThereIsRoom() throws Exception {
    try (ClickHouseNode node = onSmallDisk();
        ClickHouseStore store = open(node, "full", SHORT);
        ClickHouseStore patient = open(node, "full", LONG)) {
      store.append(Calls.append(0, 10));
      node.fillDisk();
      fails(
          () -> store.append(Calls.append(0, 20)),
          Kind.FULL,
          "no space left on a server",
          "nothing was lost");
      assertThat(Calls.count(store)).isEqualTo(10);
      assertThat(appendAcross(node, patient, NO_SPACE, node::freeDisk))
          .isEqualTo(new Appended(20, 0, 10, 0));
      assertThat(Calls.count(store)).isEqualTo(30);
    }
  }

  private static ClickHouseNode onSmallDisk() {
    try {
      Optional<ClickHouseNode> node = ClickHouseNode.onSmallDisk(MEGABYTES);
      return node.orElseGet(
          () -> untested("NOT TESTED: a full disk of a server, unshare -rm is not allowed here"));
    } catch (MissingServerException e) {
      return untested(String.valueOf(e.getMessage()));
    }
  }

  private static ClickHouseNode untested(String why) {
    System.err.println(why);
    return Assumptions.abort(why);
  }

  @Test
  void whatAServerThatOnlyReadsRefusesIsToldAndKeptWhenItWritesAgain() throws Exception {
    ClickHouseNode node = TestServer.node();
    String database = TestServer.freshDatabase();
    String events = "ALTER TABLE " + database + ".events MODIFY SETTING table_readonly = ";
    try (ClickHouseStore store = open(node, database, SHORT);
        ClickHouseStore patient = open(node, database, LONG)) {
      store.append(Calls.append(0, 10));
      node.query(events + 1);
      fails(() -> store.append(Calls.append(0, 20)), Kind.UNREACHABLE, "goes on when one can");
      assertThat(Calls.count(store)).isEqualTo(10);
      assertThat(appendAcross(node, patient, READ_ONLY, () -> node.query(events + 0)))
          .isEqualTo(new Appended(20, 0, 10, 0));
      assertThat(Calls.count(store)).isEqualTo(30);
    }
  }

  @Test
  void aUserWhoMayOnlyReadReadsAndIsToldWhatToGrant() {
    ClickHouseNode node = TestServer.node();
    String database = TestServer.freshDatabase();
    try (ClickHouseStore store = open(node, database, LONG)) {
      store.append(Calls.append(0, 10));
    }
    String address = "//" + node.reader() + "@" + node.host() + "/" + database;
    try (EventStore store = new ClickHouseProvider(_ -> node.password()).openForReading(address)) {
      assertThat(Calls.count(store)).isEqualTo(10);
      assertThatThrownBy(() -> store.append(Calls.append(Mode.MERGE, Calls.call(99).build())))
          .isInstanceOfSatisfying(
              StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
          .hasMessageContainingAll("reader may not do that", "deploy/clickhouse/users.xml");
      assertThat(Calls.count(store)).isEqualTo(10);
    }
  }
}
