package dev.flightlog.server.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What takes long to work out, kept while it is shown. */
class KeptTest {
  private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong now = new AtomicLong();
  private final AtomicReference<String> state = new AtomicReference<>("before");
  private final AtomicInteger workedOut = new AtomicInteger();
  private volatile CountDownLatch done = new CountDownLatch(1);
  private volatile boolean worth = true;

  private final Kept<String, String> kept =
      new Kept<>(
          key -> {
            workedOut.incrementAndGet();
            return key + " " + state.get();
          },
          value -> {
            done.countDown();
            return worth;
          },
          state::get,
          now::get,
          later);

  @AfterEach
  void close() {
    later.shutdownNow();
  }

  /** Waits until what was to be worked out later is kept. */
  private void settled() throws Exception {
    done.await();
    later.submit(() -> {}).get();
  }

  @Test
  void whatHasNotChangedIsWorkedOutOnce() {
    assertThat(kept.get("a")).isEqualTo("a before");
    now.addAndGet(Kept.NEW.toNanos());
    assertThat(kept.get("a")).isEqualTo("a before");
    assertThat(kept.get("b")).isEqualTo("b before");
    assertThat(workedOut.get()).isEqualTo(2);
  }

  @Test
  void whatHasChangedIsShownOnceMoreWhileTheNextIsWorkedOut() throws Exception {
    kept.get("a");
    done = new CountDownLatch(1);
    state.set("after");
    assertThat(kept.get("a")).isEqualTo("a before");
    settled();
    assertThat(kept.get("a")).isEqualTo("a after");
    assertThat(workedOut.get()).isEqualTo(2);
  }

  @Test
  void whatHasChangedAndIsTooOldIsNotShown() {
    kept.get("a");
    state.set("after");
    now.addAndGet(Kept.CHANGED.toNanos() + 1);
    assertThat(kept.get("a")).isEqualTo("a after");
  }

  @Test
  void whatHasNotChangedIsWorkedOutAnewInTheEndBecauseSomeOfItDependsOnTheTime() {
    kept.get("a");
    now.addAndGet(Kept.UNCHANGED.toNanos() + 1);
    kept.get("a");
    assertThat(workedOut.get()).isEqualTo(2);
  }

  @Test
  void whatIsNotWorthKeepingIsWorkedOutEachTime() {
    worth = false;
    kept.get("a");
    state.set("after");
    assertThat(kept.get("a")).isEqualTo("a after");
  }

  @Test
  void manyWhoAskAtOnceGetWhatWasWorkedOutForOneOfThem() throws Exception {
    try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers =
          java.util.stream.IntStream.range(0, 50)
              .mapToObj(i -> many.submit(() -> kept.get("a")))
              .toList();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("a before");
      }
    }
    assertThat(workedOut.get()).isEqualTo(1);
  }

  @Test
  void aFailureIsTheAskersAndIsNotKept() {
    AtomicInteger calls = new AtomicInteger();
    Kept<String, String> failing =
        new Kept<>(
            key -> {
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("busy");
              }
              return key;
            },
            value -> true,
            state::get,
            now::get,
            later);
    assertThatThrownBy(() -> failing.get("a")).hasMessage("busy");
    assertThat(failing.get("a")).isEqualTo("a");
  }

  @Test
  void workingOutAheadTakesOneAtATimeAndStopsWhenNobodyHasLookedForLong() {
    List<String> keys = List.of("a", "b");
    assertThat(kept.workOutAhead(keys)).isPositive();
    assertThat(kept.workOutAhead(keys)).isPositive();
    assertThat(kept.workOutAhead(keys)).isZero();
    assertThat(workedOut.get()).isEqualTo(2);
    state.set("after");
    now.addAndGet(Kept.CHANGED.toNanos() / 2);
    assertThat(kept.workOutAhead(keys)).isPositive();
    assertThat(kept.get("a")).isEqualTo("a after");
    now.addAndGet(Kept.NOBODY.toNanos());
    assertThat(kept.workOutAhead(keys)).isZero();
    assertThat(workedOut.get()).isEqualTo(3);
  }
}
