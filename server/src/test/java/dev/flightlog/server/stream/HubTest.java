package dev.flightlog.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.store.EventStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTest {
  @TempDir Path home;

  @Test
  void whatCannotBeShownIsPassedOverAndTheStreamGoesOn() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (EventStore store = SqliteStore.open(home.resolve("events_index.db"));
        Hub hub = new Hub(odd(store, asked), 1 << 20)) {
      assertThat(hub.enter(1)).isTrue();
      List<Arrival> arrivals = List.of();
      for (int wait = 0; wait < 10 && arrivals.isEmpty(); wait++) {
        hub.wake();
        arrivals = Objects.requireNonNull(hub.from(0, 10, TimeUnit.SECONDS.toNanos(2)));
      }
      assertThat(arrivals).hasSize(1);
      Arrival reset = arrivals.getFirst();
      assertThat(reset.message().kind()).isEqualTo("reset");
      assertThat(new String(reset.message().json(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("cannot be shown");
      // The round that failed may not have ended yet.
      for (int round = 0; round < 2; round++) {
        long rounds = hub.rounds();
        hub.wake();
        hub.awaitRound(rounds, TimeUnit.SECONDS.toNanos(10));
        assertThat(hub.rounds()).isGreaterThan(rounds);
      }
      assertThat(hub.problem()).isEmpty();
    }
  }

  /** A store whose first look at changes fails as nobody expects. */
  private static EventStore odd(EventStore store, AtomicInteger asked) {
    return (EventStore)
        Proxy.newProxyInstance(
            EventStore.class.getClassLoader(),
            new Class<?>[] {EventStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("changes") && asked.getAndIncrement() == 0) {
                throw new StringIndexOutOfBoundsException("an odd event");
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
