package dev.flightlog.server.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.Field;
import dev.flightlog.server.http.Running;
import dev.flightlog.server.web.Json;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.stores.sqlite.SqliteStore;
import java.io.EOFException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamFeatureTest {
  private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Duration BEAT = Duration.ofMillis(300);

  @TempDir Path home;

  private final HttpClient client = HttpClient.newHttpClient();
  private EventStore store;
  private StreamFeature stream;
  private Running running;

  @BeforeEach
  void aServer() {
    store = SqliteStore.open(home.resolve("events_index.db"));
    serve(8L << 20);
  }

  private void serve(long recentBytes) {
    stream = new StreamFeature(store, CLOCK, BEAT, recentBytes);
    running = Running.with(home, stream);
  }

  @AfterEach
  void close() {
    running.close();
    store.close();
    client.close();
  }

  private static Event call(String key, boolean done) {
    Event.Builder event =
        Event.builder(EventIds.ofKey(key), NOW, "tool_call", Category.EXECUTION)
            .set(Field.SESSION_ID, "s1")
            .details(Map.of("tool", "Bash", "key", key));
    return (done ? event.set(Field.SUCCESS, true) : event).build();
  }

  private void append(Event... events) {
    EventBatch batch = new EventBatch();
    for (Event event : events) {
      batch.add(EventBatch.Mode.MERGE, event);
    }
    store.append(new Append(batch));
    stream.wake();
  }

  private Watcher watch(String query, String... lastId) {
    return new Watcher(
        client, running.uri("/api/stream" + query), lastId.length == 0 ? null : lastId[0]);
  }

  private static String key(Watcher.Told told) {
    return told.data().at("/details/key").asText();
  }

  @Test
  void eventsAreSentAsTheyArriveAndAgainWhenTheyChange() throws Exception {
    append(call("before", true));
    try (Watcher watcher = watch("")) {
      assertThat(watcher.response.statusCode()).isEqualTo(200);
      assertThat(watcher.response.headers().firstValue("content-type"))
          .hasValue("text/event-stream");
      watcher.awaitPlace();
      append(call("a", false));
      Watcher.Told told = watcher.next();
      assertThat(told.kind()).isEqualTo("event");
      assertThat(key(told)).isEqualTo("a");
      assertThat(told.data().has("success")).isFalse();
      append(call("a", true));
      assertThat(watcher.next().data().get("success").asBoolean()).isTrue();
    }
  }

  @Test
  void onlyWhatTheFiltersChooseIsSent() throws Exception {
    try (Watcher watcher = watch("?tool=Bash&failed=true&session=s1")) {
      watcher.awaitPlace();
      append(call("a", true));
      append(call("b", false).toBuilder().set(Field.SUCCESS, false).build());
      assertThat(key(watcher.next())).isEqualTo("b");
    }
    assertThat(running.get("/api/stream?sesion=s1").statusCode()).isEqualTo(400);
    assertThat(running.get("/api/stream?category=odd").statusCode()).isEqualTo(400);
    assertThat(running.get("/api/stream?after=a%0Ad").statusCode()).isEqualTo(400);
  }

  @Test
  void theNewestMayComeBeforeWhatArrives() throws Exception {
    append(call("a", true), call("b", true), call("c", true));
    try (Watcher watcher = watch("?newest=2")) {
      List<String> keys = List.of(key(watcher.next()), key(watcher.next()));
      assertThat(keys).hasSize(2).isSubsetOf("a", "b", "c");
      watcher.awaitPlace();
      append(call("d", true));
      assertThat(key(watcher.next())).isEqualTo("d");
    }
  }

  @Test
  void aBrokenStreamGoesOnWithoutGapOrOverlap() throws Exception {
    int batches = 150;
    Map<String, Event> written = new HashMap<>();
    // Before the writer starts: what it appends until then would never be sent.
    String last = store.latest().text();
    Thread writer =
        Thread.ofPlatform()
            .start(() -> {
              Random random = new Random(11);
              for (int i = 0; i < batches; i++) {
                List<Event> some = new ArrayList<>();
                for (int n = random.nextInt(20); n >= 0; n--) {
                  some.add(call("k" + random.nextInt(900), random.nextBoolean()));
                }
                append(some.toArray(Event[]::new));
              }
              append(call("last", true));
            });
    Random random = new Random(12);
    Map<String, String> seen = new HashMap<>();
    int connections = 0;
    boolean ended = false;
    while (!ended) {
      connections++;
      try (Watcher watcher = watch("", last)) {
        for (int n = random.nextInt(120); n >= 0 && !ended; n--) {
          Watcher.Told told = watcher.next();
          assertThat(told.kind()).isEqualTo("event");
          String before = seen.put(key(told), told.data().toString());
          assertThat(before).as("told before").isNotEqualTo(told.data().toString());
          ended = key(told).equals("last");
        }
        last = watcher.lastId;
      }
    }
    writer.join();
    assertThat(connections).isGreaterThan(5);
    store
        .read(dev.flightlog.store.ReadRequest.oldestFirst(Filter.EVERYTHING))
        .finish(dev.flightlog.store.ReadRequest.oldestFirst(Filter.EVERYTHING))
        .forEach(event -> written.put(String.valueOf(event.detail("key")), event));
    assertThat(seen.keySet()).isEqualTo(written.keySet());
    written.forEach((key, event) ->
        assertThat(seen.get(key)).isEqualTo(Json.parse(Arrival.json(event)).toString()));
  }

  @Test
  void whoReadsMoreSlowlyThanEventsArriveIsCutOffAndMissesNothing() throws Exception {
    running.close();
    serve(64 << 10);
    String last;
    List<String> keys = new ArrayList<>();
    try (Watcher watcher = watch("")) {
      watcher.awaitPlace();
      String large = "x".repeat(100_000);
      for (int i = 0; i < 300; i++) {
        append(
            call("k" + i, true).toBuilder()
                .details(Map.of("key", "k" + i, "output", large + i))
                .build());
      }
      Watcher.Told told = watcher.next();
      for (; told.kind().equals("event"); told = watcher.next()) {
        keys.add(key(told));
      }
      assertThat(told.kind()).isEqualTo("cut_off");
      assertThatThrownBy(watcher::next).isInstanceOf(EOFException.class);
      last = watcher.lastId;
    }
    assertThat(keys.size()).isLessThan(300);
    try (Watcher watcher = watch("", last)) {
      while (keys.size() < 300) {
        keys.add(key(watcher.next()));
      }
    }
    assertThat(keys).doesNotHaveDuplicates().hasSize(300);
  }

  @Test
  void anIndexThatWasBuiltAnewIsTold() throws Exception {
    append(call("a", true));
    try (Watcher watcher = watch("", "another.17")) {
      Watcher.Told told = watcher.next();
      assertThat(told.kind()).isEqualTo("reset");
      assertThat(watcher.lastId).isEqualTo(store.latest().text());
      append(call("b", true));
      assertThat(key(watcher.next())).isEqualTo("b");
    }
  }

  @Test
  void whatIsForgottenIsTold() throws Exception {
    append(call("a", true));
    try (Watcher watcher = watch("?type=tool_call")) {
      watcher.awaitPlace();
      store.forget(Filter.is(Field.SESSION_ID, "s1"));
      stream.wake();
      Watcher.Told told = watcher.next();
      assertThat(told.kind()).isEqualTo("forgotten");
      assertThat(told.data().at("/ids/0").asText()).isEqualTo(EventIds.ofKey("a"));
      assertThat(watcher.lastId).isEqualTo(store.latest().text());
    }
  }

  @Test
  void aSignOfLifeMovesThePlaceOverWhatWasNotChosen() throws Exception {
    try (Watcher watcher = watch("?type=user_prompt")) {
      watcher.awaitPlace();
      append(call("a", true));
      while (!store.latest().text().equals(watcher.lastId)) {
        watcher.awaitPlace();
      }
    }
  }

  @Test
  void aServerThatStopsEndsItsStreams() throws Exception {
    try (Watcher watcher = watch("")) {
      watcher.awaitPlace();
      long begin = System.nanoTime();
      running.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
      assertThat(watcher.next().kind()).isEqualTo("stopping");
      assertThatThrownBy(watcher::next).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aWebSocketCarriesTheSame() throws Exception {
    Messages messages = new Messages();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(socketUri("/api/stream?session=s1"), messages)
            .join();
    String begin = Json.parse(bytes(messages.take())).get("id").asText();
    assertThat(begin).isEqualTo(store.latest().text());
    append(call("a\u2028\"é", true));
    var told = Json.parse(bytes(messages.take()));
    while (told.get("kind").asText().equals("place")) {
      told = Json.parse(bytes(messages.take()));
    }
    assertThat(told.get("kind").asText()).isEqualTo("event");
    assertThat(told.at("/data/details/key").asText()).isEqualTo("a\u2028\"é");
    assertThat(told.get("id").asText()).isEqualTo(store.latest().text());
    socket.sendText("hello", true).join();
    assertThat(messages.closed.poll(60, TimeUnit.SECONDS)).isEqualTo(1003);
  }

  @Test
  void aWebSocketIsRefusedLikeAnyRequest() {
    assertThat(refusal("/api/stream?sesion=s1", "")).isEqualTo(400);
    assertThat(refusal("/api/stream", "https://evil.example")).isEqualTo(403);
    assertThat(refusal("/api/nothing", "")).isIn(404, 405);
  }

  private int refusal(String path, String origin) {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (!origin.isEmpty()) {
      builder.header("Origin", origin);
    }
    try {
      builder.buildAsync(socketUri(path), new Messages()).join();
      return 101;
    } catch (CompletionException e) {
      return e.getCause() instanceof WebSocketHandshakeException refused
          ? refused.getResponse().statusCode()
          : 0;
    }
  }

  private URI socketUri(String path) {
    return URI.create(running.uri(path).toString().replace("http:", "ws:"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static final class Messages implements WebSocket.Listener {
    final BlockingQueue<String> whole = new LinkedBlockingQueue<>();
    final BlockingQueue<Integer> closed = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();

    String take() throws InterruptedException {
      String message = whole.poll(60, TimeUnit.SECONDS);
      assertThat(message).isNotNull();
      return message;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        whole.add(text.toString());
        text.setLength(0);
      }
      return WebSocket.Listener.super.onText(socket, data, last);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      closed.add(status);
      return WebSocket.Listener.super.onClose(socket, status, reason);
    }
  }
}
