package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.EventBatch;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Mark;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.stores.testserver.ClickHouseNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes wrong with servers, and what is told. */
class ServerErrorsTest {
  private static String rest(String database) {
    String address = TestServer.node().address(database);
    return address.substring(address.indexOf(':') + 1);
  }

  private static void fails(Runnable call, Kind kind, String... told) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind))
        .hasMessageContainingAll(told);
  }

  @Test
  void aWrongPasswordIsToldWithoutIt() {
    ClickHouseProvider provider = new ClickHouseProvider(_ -> "guessed secret");
    assertThatThrownBy(() -> provider.open(rest("secrets")))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContainingAll("FLIGHTLOG_CLICKHOUSE_PASSWORD", "password_file")
        .hasMessageNotContaining("guessed secret");
  }

  @Test
  void aServerThatIsNotThereIsPassedOver() {
    ClickHouseNode node = TestServer.node();
    String database = TestServer.freshDatabase();
    String address = "//" + node.user() + "@127.0.0.1:1," + node.host() + "/" + database;
    try (EventStore store = TestServer.provider().open(address)) {
      store.append(new Append(new EventBatch(), List.of(new Mark("a", "b"))));
      assertThat(store.marks("")).containsEntry("a", "b");
      assertThat(store.check().ok()).isTrue();
    }
  }

  @Test
  void aStoreThatANewerFlightlogWroteIsLeftAlone() {
    ClickHouseNode node = TestServer.node();
    String database = TestServer.freshDatabase();
    TestServer.open(database).close();
    node.query("INSERT INTO " + database + ".meta (key, value) VALUES ('schema', '99')");
    fails(() -> TestServer.open(database), Kind.NEWER, "newer Flightlog", "schema 99");
  }

  @Test
  void aTableThatWasDroppedIsNamedWithWhatToDo() {
    ClickHouseNode node = TestServer.node();
    String database = TestServer.freshDatabase();
    try (EventStore store = TestServer.open(database)) {
      node.query("DROP TABLE " + database + ".events");
      ReadRequest all = ReadRequest.oldestFirst(Filter.EVERYTHING);
      fails(() -> store.read(all).finish(all), Kind.DAMAGED, "next import makes it again");
      assertThat(store.check().ok()).isFalse();
      assertThat(store.check().detail()).contains("next import makes it again");
    }
  }

  @Test
  void aTableThatWasDroppedIsMadeAgainAndEveryMachineBeginsAnew() {
    ClickHouseNode node = TestServer.node();
    String database = TestServer.freshDatabase();
    List<Mark> marks = List.of(new Mark("file:a", "9"));
    try (EventStore store = TestServer.open(database + "?machine=one")) {
      store.append(new Append(new EventBatch(), marks));
      node.query("DROP TABLE " + database + ".events");
    }
    try (EventStore store = TestServer.open(database + "?machine=two")) {
      assertThat(store.begunAnew()).hasValueSatisfying(why -> assertThat(why).contains("anew"));
      assertThat(store.check().events()).isZero();
    }
    try (EventStore store = TestServer.open(database + "?machine=one")) {
      assertThat(store.begunAnew()).isEmpty();
      assertThat(store.marks("")).isEmpty();
    }
  }

  @Test
  void machinesWithFilesOfOneNameKeepTheirOwnPlaces() {
    String database = TestServer.freshDatabase();
    try (EventStore one = TestServer.open(database + "?machine=one");
        EventStore two = TestServer.open(database + "?machine=two")) {
      one.append(new Append(new EventBatch(), List.of(new Mark("file:/root/a.jsonl", "12"))));
      assertThat(two.marks("")).isEmpty();
      two.append(new Append(new EventBatch(), List.of(new Mark("file:/root/a.jsonl", "7"))));
      assertThat(one.marks("")).containsEntry("file:/root/a.jsonl", "12");
    }
  }

  @Test
  void anUnknownHostIsNamedAtOnce() {
    fails(
        () -> TestServer.provider().open("//flight@nowhere.invalid/flightlog"),
        Kind.UNREACHABLE,
        "the host nowhere.invalid:8123 is not known");
  }

  @Test
  void aDatabaseOfAnotherProgramIsNotTouched() {
    ClickHouseNode node = TestServer.node();
    String database = TestServer.freshDatabase();
    node.query("CREATE DATABASE " + database);
    node.query("CREATE TABLE " + database + ".theirs (a Int8) ENGINE = Memory");
    fails(() -> TestServer.open(database), Kind.REFUSED, "another program");
    assertThat(node.query("SHOW TABLES FROM " + database)).isEqualTo("theirs");
  }

  @Test
  void aStoreThatIsNotThereIsNotMadeByReading() {
    String database = TestServer.freshDatabase();
    fails(
        () -> TestServer.provider().openForReading(rest(database)),
        Kind.UNREACHABLE,
        "there is no store yet");
    assertThat(TestServer.node().query("SHOW DATABASES")).doesNotContain(database);
  }

  @Test
  void whatAServerHasNoSpaceForIsKeptBack() {
    assertThat(Failing.with(243, "Cannot reserve 1.00 MiB, not enough space").kind())
        .isEqualTo(Kind.FULL);
    assertThat(Failing.with(242, "Table is in readonly mode").kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(
            Failing.with(32, "Attempt to read after eof: while receiving packet from 10.0.0.2:9000")
                .kind())
        .isEqualTo(Kind.UNREACHABLE);
    assertThat(Failing.with(32, "Attempt to read after eof. (while parsing a block)").kind())
        .isEqualTo(Kind.REFUSED);
    assertThat(Failing.with(252, "Too many parts").kind()).isEqualTo(Kind.OVERLOADED);
    assertThat(Failing.with(62, "Syntax error").kind()).isEqualTo(Kind.REFUSED);
  }

  /** What the numbers of ClickHouse mean. */
  private static final class Failing {
    static dev.flightlog.stores.clickhouse.http.ServerFailure with(int code, String text) {
      return new dev.flightlog.stores.clickhouse.http.ServerFailure(code, text);
    }
  }
}
