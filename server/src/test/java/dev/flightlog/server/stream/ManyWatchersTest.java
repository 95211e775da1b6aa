package dev.flightlog.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.server.http.Running;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.Socket;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many watch, and half of them do not read. */
class ManyWatchersTest {
  private static final int WATCHERS = Integer.getInteger("flightlog.stream.watchers", 16);
  private static final int EVENTS = Integer.getInteger("flightlog.stream.events", 2_000);
  private static final int AT_ONCE = 20;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");

  @TempDir Path home;

  private static Append events(int from) {
    EventBatch batch = new EventBatch();
    for (int i = from; i < from + AT_ONCE; i++) {
      batch.add(
          EventBatch.Mode.NEW,
          Event.builder(EventIds.ofKey("many:" + i), NOW, "told", Category.EXECUTION)
              .details(Map.of("n", i, "output", "x".repeat(500)))
              .build());
    }
    return new Append(batch);
  }

  /** What appending all took: from begin to end, and of the processor time of its thread. */
  private record Took(long wallMillis, long cpuMillis) {}

  private static Took append(EventStore store, StreamFeature stream, int from) {
    long begin = System.nanoTime();
    long cpu = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < EVENTS; i += AT_ONCE) {
      store.append(events(from + i));
      stream.wake();
    }
    return new Took(
        (System.nanoTime() - begin) / 1_000_000,
        (THREADS.getCurrentThreadCpuTime() - cpu) / 1_000_000);
  }

  private static Set<Integer> readAll(HttpClient client, Running running, String from)
      throws IOException {
    Set<Integer> seen = new HashSet<>();
    String last = from;
    while (seen.size() < EVENTS) {
      try (Watcher watcher = new Watcher(client, running.uri("/api/stream"), last)) {
        for (Watcher.Told told = watcher.next();
            told.kind().equals("event");
            told = watcher.next()) {
          assertThat(seen.add(told.data().at("/details/n").asInt())).as("told twice").isTrue();
          last = watcher.lastId;
          if (seen.size() == EVENTS) {
            break;
          }
        }
      }
    }
    return seen;
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void whoDoesNotReadHoldsUpNobodyAndWhoReadsMissesNothing() throws Exception {
    try (EventStore store = SqliteStore.open(home.resolve("events_index.db"));
        StreamFeature stream =
            new StreamFeature(
                store, Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(5), 4 << 20);
        Running running = Running.with(home, stream);
        HttpClient client = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Took alone = append(store, stream, 0);
      String begin = store.latest().text();
      long before = used();
      List<Socket> stalled = new ArrayList<>();
      List<Future<Set<Integer>>> reading = new ArrayList<>();
      for (int i = 0; i < WATCHERS / 2; i++) {
        stalled.add(stalled(running));
        reading.add(threads.submit(() -> readAll(client, running, begin)));
      }
      Took watched = append(store, stream, EVENTS);
      for (Future<Set<Integer>> reader : reading) {
        assertThat(reader.get()).hasSize(EVENTS);
      }
      long grown = used() - before;
      System.out.printf(
          "%d watchers, half of them stalled: %d events in %d ms (its thread %d), without them in"
              + " %d ms (%d); %d MiB more%n",
          WATCHERS,
          EVENTS,
          watched.wallMillis,
          watched.cpuMillis,
          alone.wallMillis,
          alone.cpuMillis,
          grown >> 20);
      assertThat(grown).isLessThan(256L << 20);
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  /** Asks for the stream and reads nothing of it. */
  private static Socket stalled(Running running) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.connect(new java.net.InetSocketAddress("127.0.0.1", running.server.uri().getPort()));
    String request = "GET /api/stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }
}
