package dev.flightlog.stores.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.stores.testserver.ClickHouseCluster;
import dev.flightlog.stores.testserver.ClickHouseNode;
import dev.flightlog.stores.testserver.MissingServerException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two shards of two replicas, and four machines that append, each a process of its own; a server
 * and a machine are killed with {@code kill -9} and started again, while somebody reads. More
 * events come with {@code -Dflightlog.cluster.events=1000000}.
 */
class ClusterTest {
  private static final int MACHINES = 4;
  private static final int FEW = 50;
  private static final int MANY = 5_000;
  private static final int READS = 3;
  private static final long LOOK_NANOS = 50_000_000;
  private static final long LONGEST_SECONDS = 120;

  private final int events = Integer.getInteger("flightlog.cluster.events", 1_200) / MACHINES;

  private final AtomicBoolean shipping = new AtomicBoolean(true);
  private final AtomicInteger reads = new AtomicInteger();

  private static ClickHouseCluster start() {
    try {
      return ClickHouseCluster.start();
    } catch (MissingServerException e) {
      System.err.println(e.getMessage());
      return Assumptions.abort(String.valueOf(e.getMessage()));
    }
  }

  static EventStore open(String address, String password) {
    return new ClickHouseProvider(_ -> password).open(address.substring(address.indexOf(':') + 1));
  }

  private EventStore open(ClickHouseCluster cluster, int first) {
    return open(cluster.address("flightlog", first), cluster.nodes().getFirst().password());
  }

  private MachineProcess machine(ClickHouseCluster cluster, int number, CountDownLatch half)
      throws Exception {
    return new MachineProcess(
        cluster.nodes().getFirst().password(),
        place -> {
          if (place >= events / 2) {
            half.countDown();
          }
        },
        cluster.address("flightlog", number),
        Integer.toString(number),
        Integer.toString(events),
        Integer.toString(events > 20 * MANY ? MANY : FEW));
  }

  @Test
  @Timeout(1_200)
  void whenAServerAndAMachineAreKilledNothingIsLostAndNothingTwice() throws Exception {
    List<MachineProcess> machines = new ArrayList<>();
    try (ClickHouseCluster cluster = start();
        EventStore store = open(cluster, 1);
        ExecutorService reading = Executors.newVirtualThreadPerTaskExecutor()) {
      CountDownLatch half = new CountDownLatch(1);
      try {
        for (int number = 0; number < MACHINES; number++) {
          CountDownLatch told = number == 1 ? half : new CountDownLatch(1);
          machines.add(machine(cluster, number, told));
        }
        Future<?> reader = reading.submit(() -> read(store));
        half.await();
        ClickHouseNode killed = cluster.nodes().get(1);
        killed.kill();
        machines.get(1).kill();
        int before = reads.get();
        machines.set(1, machine(cluster, 1, half));
        await(() -> reads.get() >= before + READS || reader.isDone());
        killed.start();
        for (MachineProcess each : machines) {
          each.finish();
        }
        shipping.set(false);
        reader.get();
      } finally {
        shipping.set(false);
        machines.forEach(MachineProcess::close);
      }
      await(() -> sums(cluster).stream().distinct().count() == 2);
      List<String> sums = sums(cluster);
      assertThat(sums.get(0)).isEqualTo(sums.get(1)).isNotEqualTo(sums.get(2));
      assertThat(sums.get(2)).isEqualTo(sums.get(3));
      for (int first = 0; first < MACHINES; first++) {
        try (EventStore each = open(cluster, first)) {
          expectAll(each);
        }
      }
    }
  }

  /** Whoever asks meanwhile is answered, and never told an event twice. */
  private void read(EventStore store) {
    while (shipping.get()) {
      for (Row row : store.aggregate(count())) {
        assertThat(row.whole(0)).as(row.text(0)).isBetween(1L, (long) events);
        assertThat(row.whole(2)).as(row.text(0)).isEqualTo(row.whole(0));
      }
      reads.incrementAndGet();
    }
  }

  /** What the rows of each server come to. */
  private static List<String> sums(ClickHouseCluster cluster) {
    String local =
        "SELECT count(), sum(tokens_used), groupBitXor(cityHash64(event_id, session_id)) FROM"
            + " flightlog.events_local FINAL";
    return cluster.nodes().stream().map(node -> node.query(local)).toList();
  }

  /** What a condition looks at. */
  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    long end = System.nanoTime() + Duration.ofSeconds(LONGEST_SECONDS).toNanos();
    while (!condition.holds() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private static Aggregate count() {
    return Aggregate.of(
            Filter.EVERYTHING,
            Measure.count(),
            Measure.sum(Attribute.of(Field.TOKENS_USED)),
            Measure.distinct(Attribute.of(Field.ID)))
        .by(Field.SESSION_ID);
  }

  private void expectAll(EventStore store) {
    long sum = (long) events * (events - 1) / 2;
    List<Row> rows = store.aggregate(count());
    assertThat(rows).hasSize(MACHINES);
    assertThat(rows)
        .allSatisfy(row ->
            assertThat(List.of(row.whole(0), row.whole(1), row.whole(2)))
                .as(row.text(0))
                .containsExactly((long) events, sum, (long) events));
    assertThat(store.marks(ShippingMachine.PLACE))
        .containsEntry(ShippingMachine.PLACE, Integer.toString(events));
  }
}
