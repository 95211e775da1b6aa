package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.store.lease.Lease;
import dev.flightlog.store.lease.Leases;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseTableTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final String database = TestServer.freshDatabase();
  private final ClickHouseStore first = TestServer.open(database);
  private final ClickHouseStore second = TestServer.open(database);
  private final Leases here = first.leases().orElseThrow();
  private final Leases there = second.leases().orElseThrow();

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  /** Its end is now in the past, as if its holder had been gone for long. */
  private void endInTheStore() {
    TestServer.node()
        .query(
            """
            INSERT INTO %1$s.marks
            SELECT machine, key, concat(splitByChar(' ', assumeNotNull(value))[1], ' 1 ', 'gone'), version + 1000000000
            FROM %1$s.marks FINAL WHERE machine = '#leases' AND value IS NOT NULL\
            """
                .formatted(database));
  }

  @Test
  void oneHasTheLeaseUntilItGivesItBackAndTheNextTermIsLarger() {
    Lease lease = here.acquire("revision", "server one", MINUTE).orElseThrow();
    assertThat(lease.holds()).isTrue();
    assertThat(there.acquire("revision", "server two", MINUTE)).isEmpty();
    assertThat(there.holder("revision")).contains("server one");
    assertThat(there.holder("alerts")).isEmpty();
    Lease longer = here.renew(lease, MINUTE).orElseThrow();
    assertThat(longer.term()).isEqualTo(lease.term());
    here.release(longer);
    Lease next = there.acquire("revision", "server two", MINUTE).orElseThrow();
    assertThat(next.term()).isGreaterThan(lease.term());
  }

  @Test
  void whatWasTakenOverCannotBeRenewedAndNothingIsKeptUnderIt() {
    Lease lost = here.acquire("revision", "server one", MINUTE).orElseThrow();
    assertThat(here.done(lost, "2026-W01")).isTrue();
    endInTheStore();
    Lease taken = there.acquire("revision", "server two", MINUTE).orElseThrow();
    assertThat(taken.term()).isGreaterThan(lost.term());
    assertThat(here.renew(lost, MINUTE)).isEmpty();
    assertThat(here.done(lost, "2026-W02")).isFalse();
    assertThat(there.done(taken, "2026-W03")).isTrue();
    assertThat(here.done("revision"))
        .isEqualTo(Map.of("2026-W01", lost.term(), "2026-W03", taken.term()));
    here.release(lost);
    assertThat(here.holder("revision")).contains("server two");
  }

  @Test
  void theEndOfALeaseIsByTheClockOfTheStore() {
    assertThat(here.acquire("revision", "server one", MINUTE)).isPresent();
    long ahead =
        Long.parseLong(
            TestServer.node()
                .query(
                    """
                    SELECT toInt64(splitByChar(' ', assumeNotNull(value))[2]) - toUnixTimestamp64Micro(now64(6))
                    FROM %s.marks FINAL WHERE machine = '#leases'\
                    """
                        .formatted(database)));
    assertThat(ahead).isBetween(1L, MINUTE.plusSeconds(2).toNanos() / 1000);
  }

  @Test
  void ofManyWhoAskAtTheSameMomentOneAtMostGetsIt() throws Exception {
    List<Future<Optional<Lease>>> asked = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 6; i++) {
        Leases leases = i % 2 == 0 ? here : there;
        String name = "server " + i;
        asked.add(threads.submit(() -> leases.acquire("revision", name, MINUTE)));
      }
    }
    List<Lease> got = new ArrayList<>();
    for (Future<Optional<Lease>> each : asked) {
      each.get().ifPresent(got::add);
    }
    assertThat(got).hasSizeLessThanOrEqualTo(1);
    // Whoever was kept waiting by others gave up; then nobody has it, and the next who asks gets
    // it.
    if (got.isEmpty()) {
      assertThat(here.acquire("revision", "server", MINUTE)).isPresent();
    }
  }

  @Test
  void namesThatWouldMeetOthersAndLeasesThatAreTooShortAreRefused() {
    assertThatThrownBy(() -> here.acquire("a/b", "x", MINUTE)).hasMessageContaining("a/b");
    assertThatThrownBy(() -> here.acquire("a", "x", Duration.ofSeconds(1)))
        .hasMessageContaining("ten seconds");
  }
}
