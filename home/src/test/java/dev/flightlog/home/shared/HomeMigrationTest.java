package dev.flightlog.home.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.home.Home;
import dev.flightlog.home.index.HomeMigration;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.Shipper;
import dev.flightlog.home.paths.HomeException;
import dev.flightlog.shipping.migration.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeMigrationTest {
  @TempDir Path folder;

  @Test
  void theIndexOfAHomeStandsInClickHouseAsItWasBesideWhatOthersHave() throws Exception {
    Team team = Team.in(folder);
    Home ben = team.machine("ben");
    Team.record(ben, 20);
    new Shipper(ben).once();
    Home anna = team.machine("anna", "FLIGHTLOG_STORE_ADDRESS", "");
    Team.record(anna, 3_000);
    try (Index index = Index.fresh(anna)) {
      assertThat(index.store().check().events()).isEqualTo(3_000);
    }
    Home shared = team.machine("anna");
    HomeMigration migration = new HomeMigration(shared, "sqlite", "clickhouse");
    Proof proof = migration.run(_ -> {});
    assertThat(proof.holds()).as("%s", proof).isTrue();
    assertThat(proof.copied()).isEqualTo(3_000);
    assertThat(proof.all().target()).isEqualTo(proof.all().source());
    assertThat(team.count("1")).isEqualTo(3_020);
    assertThat(migration.run(_ -> {}).copied()).isZero();
    assertThat(anna.path().resolve("events_index.db")).exists();
    // The journals are read once more, and change nothing.
    assertThat(new Shipper(shared).once().imported()).isZero();
    assertThat(migration.run(_ -> {}).holds()).isTrue();
    assertThat(team.count("1")).isEqualTo(3_020);
  }

  @Test
  void whatIsNoStoreOrTheSameOneIsRefusedInOneSentence() throws Exception {
    Home home = Home.open(folder.resolve("home"), Map.of());
    Files.createDirectories(home.path());
    assertThatThrownBy(() -> new HomeMigration(home, "sqlite", "clickhouse"))
        .isInstanceOf(HomeException.class)
        .hasMessageContaining("clickhouse://me@db1/flightlog");
    assertThatThrownBy(() -> new HomeMigration(home, "sqlite", "sqlite"))
        .hasMessageContaining("the same store");
    assertThatThrownBy(
            () -> new HomeMigration(home, "sqlite", "clickhouse://me@127.0.0.1:1/flightlog"))
        .hasMessageContaining("is not there");
  }
}
