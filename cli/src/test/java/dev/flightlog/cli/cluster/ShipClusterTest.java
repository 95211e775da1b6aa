package dev.flightlog.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Field;
import dev.flightlog.event.files.AtomicFile;
import dev.flightlog.home.index.Index;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.stores.testserver.ClickHouseCluster;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two shards of two replicas, and four machines that record and ship journals and transcripts, each
 * in a process of its own; a server and a {@code ship} are killed with {@code kill -9} and started
 * again, while somebody reads and all go on recording; one of them learns for all. More events come
 * with {@code -Dflightlog.cluster.events=1000000}.
 */
class ShipClusterTest {
  private static final int MACHINES = 4;
  private static final int PROMPTS = 20;
  private static final int READS = 3;
  private static final long LOOK_NANOS = 50_000_000;

  private final int events = Integer.getInteger("flightlog.cluster.events", 1_200) / MACHINES;
  private final Duration longest = Duration.ofSeconds(120 + events / 500);

  private final List<Machine> machines = new ArrayList<>();
  private final List<String> transcripts = new ArrayList<>();
  private final AtomicBoolean reading = new AtomicBoolean(true);
  private final AtomicInteger reads = new AtomicInteger();

  @TempDir Path folder;

  private static ClickHouseCluster start() {
    try {
      return ClickHouseCluster.start();
    } catch (MissingServerException e) {
      System.err.println(e.getMessage());
      return Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }

  /** A machine that asks this server first. */
  private Machine machine(ClickHouseCluster cluster, String name, int first) throws IOException {
    Path password = folder.resolve("password");
    AtomicFile.write(
        password, cluster.nodes().getFirst().password().getBytes(StandardCharsets.UTF_8));
    String address = cluster.address("flightlog", first) + "&password_file=" + password;
    return new Machine(folder.resolve(name), address);
  }

  @Test
  @Timeout(1_200)
  void whenAServerAndAShipAreKilledNothingIsLostAndNothingComesTwice() throws Exception {
    try (ClickHouseCluster cluster = start();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int number = 0; number < MACHINES; number++) {
          Machine each = machine(cluster, "m" + number, number);
          machines.add(each);
          transcripts.add(each.transcript(PROMPTS));
          each.record(events / 2);
          each.ship();
        }
        try (Index asking = Index.open(machine(cluster, "asking", 1).home())) {
          EventStore store = asking.store();
          Machine unlucky = machines.get(1);
          await(() -> arrived(store, unlucky) >= events / 4);
          Future<?> reader = threads.submit(() -> read(store));
          ClickHouseNode killed = cluster.nodes().get(1);
          killed.kill();
          unlucky.kill();
          int before = reads.get();
          machines.forEach(each -> each.record(events - events / 2));
          await(() -> reads.get() >= before + READS || reader.isDone());
          unlucky.ship();
          killed.start();
          await(() -> machines.stream().allMatch(each -> each.backlog().bytes() == 0));
          reading.set(false);
          reader.get();
          await(() -> isLearnt(store));
        }
        for (Machine each : machines) {
          assertThat(each.stop()).as(each.said()).isZero();
        }
      } finally {
        reading.set(false);
        machines.forEach(Machine::close);
      }
      await(() -> sums(cluster).stream().distinct().count() == 2);
      List<String> sums = sums(cluster);
      assertThat(sums.get(0)).isEqualTo(sums.get(1)).isNotEqualTo(sums.get(2));
      assertThat(sums.get(2)).isEqualTo(sums.get(3));
      for (int first = 0; first < MACHINES; first++) {
        try (Index each = Index.open(machine(cluster, "asks" + first, first).home())) {
          expectAll(each.store());
        }
      }
    }
  }

  /** Whoever asks meanwhile is answered, and never told an event twice. */
  private void read(EventStore store) {
    while (reading.get()) {
      for (Row row : store.aggregate(bySession())) {
        assertThat(row.whole(0)).as(row.text(0)).isBetween(1L, (long) events);
        assertThat(row.whole(2)).as(row.text(0)).isEqualTo(row.whole(0));
      }
      reads.incrementAndGet();
    }
  }

  /** One of them has learnt of all sessions, also when it had to take that over. */
  private static boolean isLearnt(EventStore store) {
    return store.latest().text().equals(store.marks("digest:cursor").get("digest:cursor"));
  }

  private static long arrived(EventStore store, Machine machine) {
    return store.aggregate(bySession()).stream()
        .filter(row -> machine.session().equals(row.text(0)))
        .mapToLong(row -> row.whole(0))
        .sum();
  }

  /** What the rows of each server come to. */
  private static List<String> sums(ClickHouseCluster cluster) {
    String local =
        "SELECT count(), sum(tokens_used), groupBitXor(cityHash64(event_id, session_id)) FROM"
            + " flightlog.events_local FINAL";
    return cluster.nodes().stream().map(node -> node.query(local)).toList();
  }

  private void await(BooleanSupplier condition) {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError(
            "it did not come within "
                + longest
                + "\n"
                + machines.stream().map(Machine::said).collect(Collectors.joining("\n")));
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static Aggregate bySession() {
    return Aggregate.of(
            Filter.EVERYTHING,
            Measure.count(),
            Measure.sum(Attribute.of(Field.TOKENS_USED)),
            Measure.distinct(Attribute.of(Field.ID)))
        .by(Field.SESSION_ID);
  }

  private void expectAll(EventStore store) {
    Map<String, List<Long>> expected = new HashMap<>();
    for (Machine each : machines) {
      expected.put(
          each.session(), List.of((long) events, (long) events * (events - 1) / 2, (long) events));
    }
    transcripts.forEach(each -> expected.put(each, List.of(PROMPTS + 1L, 0L, PROMPTS + 1L)));
    assertThat(store.aggregate(bySession()))
        .allSatisfy(row ->
            assertThat(List.of(row.whole(0), row.whole(1), row.whole(2)))
                .as(row.text(0))
                .isEqualTo(expected.remove(row.text(0))));
    assertThat(expected).as("sessions that are not there").isEmpty();
  }
}
