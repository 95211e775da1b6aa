package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.servers.StoreCheck;
import dev.flightlog.stores.testserver.ClickHouseNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@code doctor} is told of the servers of a store. */
class ServerChecksTest {
  private static StoreCheck named(List<StoreCheck> checks, String name) {
    return checks.stream().filter(check -> check.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void aServerThatIsWellIsToldInFigures() {
    try (EventStore store = TestServer.freshStore()) {
      List<StoreCheck> checks = store.checkServers();
      assertThat(checks)
          .extracting(StoreCheck::name)
          .containsExactly(
              "servers",
              "version",
              "schema",
              "tables",
              "clocks",
              "disk",
              "memory",
              "replicas",
              "waiting");
      for (String name : List.of("servers", "version", "tables", "clocks", "replicas", "waiting")) {
        assertThat(named(checks, name).ok()).as(named(checks, name).detail()).isTrue();
      }
      assertThat(named(checks, "servers").detail()).isEqualTo("1 of 1 answer");
      assertThat(named(checks, "version").detail()).matches("ClickHouse \\d+\\..*");
      assertThat(named(checks, "disk").detail()).containsPattern("\\d+ MiB of \\d+ MiB free");
    }
  }

  @Test
  void aServerThatDoesNotAnswerAndATableThatIsGoneAreNamed() {
    ClickHouseNode node = TestServer.node();
    String database = TestServer.freshDatabase();
    TestServer.open(database).close();
    String address = "//" + node.user() + "@" + node.host() + ",127.0.0.1:1/" + database;
    try (EventStore store = TestServer.provider().open(address)) {
      node.query("DROP TABLE " + database + ".tombstones SYNC");
      List<StoreCheck> checks = store.checkServers();
      assertThat(named(checks, "servers").ok()).isFalse();
      assertThat(named(checks, "servers").detail()).contains("1 of 2 answer", "127.0.0.1:1");
      assertThat(named(checks, "tables").ok()).isFalse();
      assertThat(named(checks, "tables").detail()).contains(node.host() + " 4 tables");
    }
  }
}
