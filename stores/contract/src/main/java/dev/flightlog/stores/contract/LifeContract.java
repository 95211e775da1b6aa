package dev.flightlog.stores.contract;

import static dev.flightlog.stores.contract.Samples.append;
import static dev.flightlog.stores.contract.Samples.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Health, interruption, end. */
public interface LifeContract extends Stores {

  @Test
  default void aHealthyStoreTellsHowMuchItKeeps() {
    try (EventStore store = freshStore()) {
      store.append(append(Mode.NEW, call("a", 0).build(), call("b", 1).build()));
      assertThat(store.check().ok()).isTrue();
      assertThat(store.check().events()).isEqualTo(2);
      assertThat(store.check().setAside()).isZero();
    }
  }

  @Test
  default void aClosedStoreSaysSo() {
    EventStore store = freshStore();
    store.close();
    store.close();
    assertThat(store.check().ok()).isFalse();
    assertThatThrownBy(() -> store.append(append(Mode.NEW, call("a", 0).build())))
        .isInstanceOfSatisfying(
            StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CLOSED));
    assertThatThrownBy(() -> store.read(ReadRequest.oldestFirst(Filter.EVERYTHING)))
        .isInstanceOf(StoreException.class);
  }

  @Test
  default void anInterruptedThreadKeepsNothing() {
    try (EventStore store = freshStore()) {
      store.append(append(Mode.NEW, call("a", 0).build()));
      Thread.currentThread().interrupt();
      try {
        assertThatThrownBy(() -> store.append(append(Mode.NEW, call("b", 0).build())))
            .isInstanceOfSatisfying(
                StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.STOPPED));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      assertThat(store.check().events()).isEqualTo(1);
      store.append(append(Mode.NEW, call("b", 0).build()));
      assertThat(store.check().events()).isEqualTo(2);
    }
  }

  @Test
  default void manyThreadsMayAppendAndRead() throws Exception {
    try (EventStore store = freshStore();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Long>> work = new ArrayList<>();
      int appends = Math.max(8, some(25));
      for (int t = 0; t < 4; t++) {
        int thread = t;
        work.add(() -> {
          for (int i = 0; i < appends; i++) {
            store.append(
                append(
                    Mode.NEW,
                    call("own " + thread + " " + i, i).build(),
                    call("shared " + i, i).build()));
            ReadRequest request = ReadRequest.newestFirst(Filter.EVERYTHING).limit(5);
            assertThat(store.read(request).finish(request)).isNotEmpty();
          }
          return store.check().events();
        });
      }
      for (Future<Long> done : threads.invokeAll(work)) {
        assertThat(done.get()).isPositive();
      }
      assertThat(store.check().events()).isEqualTo(4 * appends + appends);
    }
  }
}
