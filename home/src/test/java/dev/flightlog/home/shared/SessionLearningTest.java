package dev.flightlog.home.shared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.home.Home;
import dev.flightlog.home.duty.SessionLearning;
import dev.flightlog.home.index.Index;
import dev.flightlog.home.index.Shipper;
import dev.flightlog.patterns.digest.Digest;
import dev.flightlog.store.lease.Lease;
import dev.flightlog.store.lease.Leases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionLearningTest {
  @TempDir Path folder;

  /** Up to where all is learnt; empty before that. */
  private static String learnt(Index index) {
    return index.store().marks("digest:cursor").getOrDefault("digest:cursor", "");
  }

  @Test
  void whoseDutyItIsLearnsWhatOthersSentAndGivesTheDutyBack() throws Exception {
    Team team = Team.in(folder);
    Home anna = team.machine("anna");
    try (Index ben = Index.open(team.machine("ben"));
        Index carl = Index.open(team.machine("carl"))) {
      Leases leases = ben.store().leases().orElseThrow();
      try (SessionLearning _ = new SessionLearning(ben.store(), ben.home()).start()) {
        await(() -> leases.holder(Leases.LEARN).isPresent());
        try (SessionLearning _ = new SessionLearning(carl.store(), carl.home()).start()) {
          Team.record(anna, 3);
          new Shipper(anna).once();
          await(() -> learnt(carl).equals(carl.store().latest().text()));
          Team.record(anna, 3);
          new Shipper(anna).once();
          await(() -> learnt(carl).equals(carl.store().latest().text()));
          assertThat(team.told).filteredOn(each -> each.contains("does the learn")).hasSize(1);
        }
      }
      assertThat(leases.holder(Leases.LEARN)).isEmpty();
    }
  }

  @Test
  void aMachineThatShipsNowAndThenLearnsOnlyWhileNobodyDoesForAll() throws Exception {
    Team team = Team.in(folder);
    Home anna = team.machine("anna");
    try (Index ben = Index.open(team.machine("ben"))) {
      Leases leases = ben.store().leases().orElseThrow();
      Lease held = leases.acquire(Leases.LEARN, "ben", Duration.ofMinutes(1)).orElseThrow();
      Team.record(anna, 3);
      new Shipper(anna).once();
      ben.learn(Digest.Progress.NONE);
      assertThat(learnt(ben)).isEmpty();
      leases.release(held);
      new Shipper(anna).once();
      assertThat(learnt(ben)).isEqualTo(ben.store().latest().text());
      assertThat(leases.holder(Leases.LEARN)).isEmpty();
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
