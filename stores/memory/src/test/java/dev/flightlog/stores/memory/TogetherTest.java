package dev.flightlog.stores.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.store.EventStore;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import dev.flightlog.store.concurrent.Together;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;

/** Several questions at once. */
class TogetherTest {
  @Test
  void theyWaitForEachOtherAndAnswerInTheirOrder() {
    CyclicBarrier all = new CyclicBarrier(5);
    List<Callable<Integer>> asked = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int number = i;
      asked.add(() -> {
        all.await();
        return number;
      });
    }
    assertThat(Together.all(asked)).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void ofAStoreOnThisMachineTheyAreAskedInTurnByThisThread() {
    List<Callable<Thread>> asked = List.of(Thread::currentThread, Thread::currentThread);
    try (EventStore store = new MemoryStore()) {
      assertThat(Together.some(store, asked))
          .containsExactly(Thread.currentThread(), Thread.currentThread());
    }
  }

  @Test
  void theFirstThatFailsIsTold() {
    List<Callable<Integer>> asked =
        List.of(
            () -> 1,
            () -> {
              throw new StoreException(Kind.UNREACHABLE, "away");
            });
    assertThatThrownBy(() -> Together.all(asked))
        .isInstanceOf(StoreException.class)
        .hasMessage("away");
  }

  @Test
  void whoIsInterruptedWhileOthersAreAtWorkIsToldSo() {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    List<Callable<Integer>> asked =
        List.of(
            () -> {
              begun.await();
              Thread.currentThread().interrupt();
              return 1;
            },
            () -> {
              begun.countDown();
              never.await();
              return 2;
            });
    assertThatThrownBy(() -> Together.all(asked))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
    assertThat(Thread.interrupted()).isTrue();
  }
}
