package dev.flightlog.home.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.home.Home;
import dev.flightlog.home.duty.RollUps;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.Shipper;
import dev.flightlog.store.lease.Lease;
import dev.flightlog.store.lease.Leases;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollUpsTest {
  @TempDir Path folder;

  /** One for which a single event is worth adding up. */
  private static Home machine(Team team, String name) throws IOException {
    return team.machine(name, "FLIGHTLOG_STORE_ADDRESS", team.address() + "&sums_from=1");
  }

  private static long builds(Team team) {
    return Long.parseLong(team.node.query("SELECT count() FROM " + team.database + ".sum_builds"));
  }

  @Test
  void whatAMachineSendsIsAddedUpByItselfOnlyWhileNobodyDoesItForAll() throws Exception {
    Team team = Team.in(folder);
    Home anna = machine(team, "anna");
    try (Index ben = Index.open(machine(team, "ben"))) {
      Leases leases = ben.store().leases().orElseThrow();
      Lease held = leases.acquire(Leases.ROLL_UP, "ben", Duration.ofMinutes(1)).orElseThrow();
      Team.record(anna, 3);
      assertThat(new Shipper(anna).once().imported()).isEqualTo(3);
      assertThat(builds(team)).isZero();
      leases.release(held);
      Team.record(anna, 1);
      assertThat(new Shipper(anna).once().imported()).isEqualTo(1);
      assertThat(builds(team)).isPositive();
    }
  }

  @Test
  void whoseDutyItIsAddsUpWhatOthersSentAndGivesTheDutyBack() throws Exception {
    Team team = Team.in(folder);
    Home anna = machine(team, "anna");
    try (Index ben = Index.open(machine(team, "ben"))) {
      Leases leases = ben.store().leases().orElseThrow();
      try (RollUps _ = new RollUps(ben.store(), ben.home()).start()) {
        await(() -> leases.holder(Leases.ROLL_UP).isPresent());
        Team.record(anna, 3);
        new Shipper(anna).once();
        await(() -> builds(team) > 0);
      }
      assertThat(leases.holder(Leases.ROLL_UP)).isEmpty();
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it comes within a minute").isLessThan(end);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
