package dev.flightlog.browser;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.json.JsonWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The DevTools protocol over a WebSocket: calls by number, and what the browser tells by itself.
 */
final class Devtools implements AutoCloseable {
  private static final long SECONDS = 60;

  private final AtomicLong next = new AtomicLong();
  private final Map<Long, CompletableFuture<Map<String, Object>>> open = new ConcurrentHashMap<>();
  private final Map<String, BlockingQueue<Map<String, Object>>> told = new ConcurrentHashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;

  private Devtools(String uri) {
    socket = client.newWebSocketBuilder().buildAsync(URI.create(uri), new Listener()).join();
  }

  static Devtools connect(String uri) {
    return new Devtools(uri);
  }

  /** Calls a method of the protocol, and waits for its answer. */
  Map<String, Object> call(String session, String method, Map<String, ?> parameters) {
    long id = next.incrementAndGet();
    CompletableFuture<Map<String, Object>> answer = new CompletableFuture<>();
    open.put(id, answer);
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("id", id);
    message.put("method", method);
    message.put("params", parameters);
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    synchronized (this) {
      socket.sendText(new JsonWriter().value(message).toString(), true).join();
    }
    Map<String, Object> told = get(answer, method);
    if (told.get("error") != null) {
      throw new AssertionError(method + ": " + told.get("error"));
    }
    return object(told.get("result"));
  }

  private static Map<String, Object> get(
      CompletableFuture<Map<String, Object>> answer, String method) {
    try {
      return answer.get(SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(method + " was interrupted", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " was not answered", e);
    }
  }

  /** Waits for something that the browser tells by itself; what it told before counts, too. */
  Map<String, Object> await(String session, String event) {
    try {
      Map<String, Object> found = queue(session, event).poll(SECONDS, TimeUnit.SECONDS);
      if (found == null) {
        throw new AssertionError(event + " did not come");
      }
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(event + " was interrupted", e);
    }
  }

  /** What was told so far, and not yet asked for. */
  List<Map<String, Object>> told(String session, String event) {
    List<Map<String, Object>> all = new ArrayList<>();
    queue(session, event).drainTo(all);
    return all;
  }

  /** Forgets what was told so far. */
  void forget(String session, String event) {
    queue(session, event).clear();
  }

  private BlockingQueue<Map<String, Object>> queue(String session, String event) {
    return told.computeIfAbsent(session + " " + event, key -> new LinkedBlockingQueue<>());
  }

  static Map<String, Object> object(@org.jspecify.annotations.Nullable Object value) {
    Map<String, Object> object = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, each) -> {
        if (each != null) {
          object.put(String.valueOf(key), each);
        }
      });
    }
    return object;
  }

  private void take(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Map<String, Object> message = object(new JsonReader().reset(bytes, 0, bytes.length).value());
    if (message.get("id") instanceof Number id) {
      CompletableFuture<Map<String, Object>> answer = open.remove(id.longValue());
      if (answer != null) {
        answer.complete(message);
      }
    } else {
      Object session = message.get("sessionId");
      queue(session == null ? "" : String.valueOf(session), String.valueOf(message.get("method")))
          .add(object(message.get("params")));
    }
  }

  @Override
  public void close() {
    socket.abort();
    client.close();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        take(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }
  }
}
