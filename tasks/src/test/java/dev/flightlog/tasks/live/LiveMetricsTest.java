package dev.flightlog.tasks.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.tasks.live.TaskStats.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveMetricsTest {
  private static final Instant NOON = Instant.parse("2026-02-01T12:00:00Z");

  private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
  private final LiveMetrics metrics = new LiveMetrics(clock::get);
  private int count;

  private Event request(Instant at) {
    return Event.builder(EventIds.ofKey("r" + count++), at, "task_request", Category.EXECUTION)
        .build();
  }

  private Event outcome(Instant at, @Nullable String agent, boolean success, long millis) {
    return Event.builder(EventIds.ofKey("o" + count++), at, "task_outcome", Category.EXECUTION)
        .set(Field.AGENT_NAME, agent)
        .set(Field.SUCCESS, success)
        .set(Field.DURATION_MS, millis)
        .build();
  }

  private Window window(int index) {
    return metrics.snapshot(null).windows().get(index);
  }

  @Test
  void eachWindowHoldsWhatHappenedWithinItAndForgetsIt() {
    metrics.accept(request(NOON));
    metrics.accept(outcome(NOON.minusSeconds(200), "a", true, 1000));
    metrics.accept(outcome(NOON.minusSeconds(2000), "b", false, 3000));
    assertThat(window(0).total().requests()).isEqualTo(1);
    assertThat(window(0).requestsPerMinute()).isEqualTo(1);
    assertThat(window(0).total().outcomes()).isZero();
    assertThat(window(1).total().successRate()).isEqualTo(1);
    assertThat(window(2).total().successRate()).isEqualTo(0.5);
    assertThat(window(2).agents()).containsOnlyKeys("a", "b");
    assertThat(metrics.snapshot("b").windows().get(2).total().succeeded()).isZero();
    clock.set(NOON.plusSeconds(3700));
    for (int i = 0; i < 3; i++) {
      assertThat(window(i).total()).isEqualTo(TaskStats.Figures.NONE);
      assertThat(window(i).agents()).isEmpty();
    }
  }

  @Test
  void anEventBelongsToItsOwnTimeWheneverItComes() {
    metrics.accept(outcome(NOON.plusSeconds(3000), "a", true, 1));
    metrics.accept(outcome(NOON.minusSeconds(3700), "a", true, 1));
    assertThat(window(0).total().outcomes()).isEqualTo(1);
    assertThat(window(2).total().outcomes()).isEqualTo(1);
    assertThat(metrics.late()).isEqualTo(1);
  }

  @Test
  void percentilesAreWithinFivePercent() {
    long seed = Long.getLong("flightlog.seed", System.nanoTime());
    Random random = new Random(seed);
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      long millis = (long) Math.exp(random.nextDouble() * 15);
      times.add(millis);
      metrics.accept(outcome(NOON, "a", true, millis));
    }
    times.sort(null);
    TaskStats.Figures figures = window(0).total();
    for (double[] each :
        new double[][] {{0.5, figures.p50()}, {0.95, figures.p95()}, {0.99, figures.p99()}}) {
      double truth = times.get((int) Math.ceil(each[0] * times.size()) - 1);
      assertThat(each[1]).as("seed %d", seed).isCloseTo(truth, within(truth * 0.05 + 1));
    }
  }

  @Test
  void agentsBeyondTheLimitAreCountedTogetherUntilOthersAreIdle() {
    for (int i = 0; i < LiveMetrics.MOST_AGENTS + 10; i++) {
      metrics.accept(outcome(NOON, "agent " + i, true, 1));
    }
    assertThat(window(0).agents()).hasSize(LiveMetrics.MOST_AGENTS + 1);
    assertThat(window(0).agents())
        .hasEntrySatisfying(
            LiveMetrics.OTHERS, figures -> assertThat(figures.outcomes()).isEqualTo(10));
    assertThat(window(0).total().outcomes()).isEqualTo(LiveMetrics.MOST_AGENTS + 10);
    clock.set(NOON.plusSeconds(4000));
    metrics.accept(outcome(clock.get(), "new", true, 1));
    assertThat(window(2).agents()).containsOnlyKeys("new");
  }

  @Test
  void theStoreFeedsEachEventOnceAlsoALateOne() {
    try (MemoryStore store = new MemoryStore()) {
      StoreFeed feed = new StoreFeed(store, metrics);
      put(store, outcome(NOON.minusSeconds(3000), "a", true, 1));
      put(store, outcome(NOON, "a", true, 1));
      feed.poll(NOON);
      feed.poll(NOON);
      assertThat(window(2).total().outcomes()).isEqualTo(2);
      put(store, outcome(NOON.minusSeconds(60), "a", true, 1));
      feed.poll(NOON.plusSeconds(10));
      feed.poll(NOON.plusSeconds(20));
      assertThat(window(2).total().outcomes()).isEqualTo(3);
    }
  }

  private static void put(MemoryStore store, Event event) {
    EventBatch batch = new EventBatch();
    batch.add(EventBatch.Mode.NEW, event);
    store.append(new Append(batch));
  }

  @Test
  void theStoreKnowsTheSameFiguresExactly() {
    try (MemoryStore store = new MemoryStore()) {
      List<Event> events =
          List.of(
              request(NOON.minusSeconds(30)),
              outcome(NOON.minusSeconds(20), "a", true, 1000),
              outcome(NOON.minusSeconds(10), "b", false, 2000),
              outcome(NOON.minusSeconds(86_400), "b", true, 4000));
      events.forEach(each -> put(store, each));
      events.forEach(metrics::accept);
      TaskStats stored = StoredStats.at(NOON, store, null);
      assertThat(stored.windows()).hasSize(4);
      for (int i = 0; i < 3; i++) {
        assertThat(stored.windows().get(i).total().outcomes())
            .isEqualTo(window(i).total().outcomes());
      }
      Window all = stored.windows().get(3);
      assertThat(all.name()).isEqualTo("all");
      assertThat(all.total().outcomes()).isEqualTo(3);
      assertThat(all.agents())
          .hasEntrySatisfying("b", figures -> assertThat(figures.p99()).isEqualTo(4000));
      assertThat(StoredStats.at(NOON, store, "a").windows().get(3).total().outcomes()).isEqualTo(1);
    }
  }

  @Test
  void theFileOfFiguresGrowsByALineAWindowAndAgent(@TempDir Path folder) throws IOException {
    metrics.accept(request(NOON));
    metrics.accept(outcome(NOON, "=cmd", true, 1000));
    MetricsFile file = new MetricsFile(folder.resolve("task_metrics.csv"));
    file.append(metrics.snapshot(null));
    file.append(metrics.snapshot(null));
    List<String> lines = Files.readAllLines(folder.resolve("task_metrics.csv"));
    assertThat(lines).hasSize(13).first().isEqualTo(MetricsFile.HEADER);
    assertThat(lines.get(1)).startsWith("2026-02-01T12:00:00Z,1m,,1,1,1,1.0,1.0,");
    assertThat(lines.get(2)).startsWith("2026-02-01T12:00:00Z,1m,'=cmd,,1,1,1.0,,");
  }
}
