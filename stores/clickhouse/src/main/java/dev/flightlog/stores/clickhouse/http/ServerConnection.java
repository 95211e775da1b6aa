package dev.flightlog.stores.clickhouse.http;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Sends statements to whichever server of the store answers. This is the one place where statements
 * are tried again: a server that is down, ends while it answers, is read-only, full or busy, or has
 * lost its tables, costs a look at the next one; when none answers, all are tried again, at growing
 * distances, until {@code patience} is over. So every statement must bear to be sent twice. Safe
 * for many threads; blocks.
 */
public final class ServerConnection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final long FIRST_WAIT_MS = 50;
  private static final long LONGEST_WAIT_MS = 2_000;
  private static final int MOST_FAILURE_BYTES = 64 * 1024;

  /** How much of a long answer must have come before it is given away. */
  private static final int FIRST_BYTES = 64 * 1024;

  /** How much of an answer a server holds back, so that it can still say that it failed. */
  private static final String HELD_BYTES = Integer.toString(4 * 1024 * 1024);

  private final Servers servers;
  private final Requests requests;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /** The host that answered last. */
  private final AtomicInteger current = new AtomicInteger();

  /** How an answer is taken from the network. */
  @FunctionalInterface
  private interface Taking<T> {
    T take(String host, InputStream answer) throws IOException;
  }

  /** A statement, and what is done with its answer. */
  private record Choice<T>(Query query, Taking<T> taking) {}

  /**
   * @param patience how long it looks for a server that answers
   */
  public ServerConnection(Servers servers, Duration patience) {
    this.servers = servers;
    this.requests = new Requests(servers);
    this.patience = patience;
  }

  public Servers servers() {
    return servers;
  }

  /** As {@link #ask}, for a statement that answers nothing. */
  public void run(Query query) {
    ask(query);
  }

  /**
   * Sends a statement, and reads all that is answered.
   *
   * @throws StoreException as the servers fail; UNREACHABLE when none answers
   */
  public byte[] ask(Query query) {
    return firstAnswer(List.of(new Choice<>(held(query), (_, answer) -> all(answer))));
  }

  /**
   * Sends the first statement to one server after the other until one takes it; when none does, the
   * second one.
   *
   * @param afterwards what is to be asked of the server that took the second one; when that fails
   *     as a server does that may be gone, the next server is tried, with the statement again
   */
  public void runEither(Query first, Query second, Consumer<SameServer> afterwards) {
    Query last = held(second);
    firstAnswer(
        List.of(
            new Choice<>(held(first), (_, answer) -> all(answer)),
            new Choice<>(
                last,
                (host, answer) -> {
                  byte[] nothing = all(answer);
                  afterwards.accept(query -> onceAt(host, query));
                  return nothing;
                })));
  }

  /**
   * Sends a statement that must not run twice, once: to the first server that can be reached.
   *
   * @throws StoreException as that server fails; UNREACHABLE when none answers
   */
  public void attempt(Query query) {
    List<String> hosts = servers.hosts();
    int first = current.get();
    for (int i = 0; ; i++) {
      try {
        onceAt(hosts.get((first + i) % hosts.size()), query);
        return;
      } catch (StoreException e) {
        if (!(e.getCause() instanceof ConnectException) || i + 1 == hosts.size()) {
          throw e;
        }
      }
    }
  }

  /** One server, asked once. */
  @FunctionalInterface
  public interface SameServer {
    byte[] ask(Query query);
  }

  private byte[] onceAt(String host, Query query) {
    return answer(host, new Choice<>(held(query), (_, answer) -> all(answer)));
  }

  /**
   * Sends a statement whose answer is too long to be held in memory.
   *
   * @return the answer, of which the first part has come; the rest may break off, which {@link
   *     #broken} explains. The caller closes it
   * @throws StoreException as the servers fail; UNREACHABLE when none answers
   */
  public InputStream stream(Query query) {
    return firstAnswer(List.of(new Choice<>(query, (_, answer) -> begun(answer))));
  }

  /** The server tells that it failed instead of breaking off. */
  private static Query held(Query query) {
    return query.with("wait_end_of_query", "1").with("http_response_buffer_size", HELD_BYTES);
  }

  private static byte[] all(InputStream answer) throws IOException {
    try (answer) {
      ByteArrayOutputStream read = new ByteArrayOutputStream();
      answer.transferTo(read);
      return read.toByteArray();
    }
  }

  private static InputStream begun(InputStream answer) throws IOException {
    byte[] first;
    try {
      first = answer.readNBytes(FIRST_BYTES);
    } catch (IOException e) {
      answer.close();
      throw e;
    }
    ByteArrayInputStream start = new ByteArrayInputStream(first);
    return first.length < FIRST_BYTES ? start : new SequenceInputStream(start, answer);
  }

  private <T> T firstAnswer(List<Choice<T>> choices) {
    long end = System.nanoTime() + patience.toNanos();
    long wait = FIRST_WAIT_MS;
    while (true) {
      Failures failures = new Failures();
      for (Choice<T> choice : choices) {
        List<String> hosts = servers.hosts();
        int first = current.get();
        for (int i = 0; i < hosts.size(); i++) {
          int host = (first + i) % hosts.size();
          try {
            T answer = answer(hosts.get(host), choice);
            current.set(host);
            return answer;
          } catch (StoreException e) {
            failures.add(e);
          }
        }
      }
      if (failures.areFinal() || System.nanoTime() + wait * 1_000_000 > end) {
        throw failures.worst();
      }
      pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  private <T> T answer(String host, Choice<T> choice) {
    try {
      return choice.taking.take(host, body(host, choice.query));
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /** What a broken answer means. */
  public StoreException broken(IOException e) {
    return new StoreException(
        Kind.UNREACHABLE, servers + ": the answer broke off (" + e.getMessage() + ")", e);
  }

  private InputStream body(String host, Query query) {
    HttpResponse<InputStream> response;
    try {
      response = client.send(requests.of(host, query), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.STOPPED, "the thread was interrupted", e);
    } catch (HttpTimeoutException e) {
      throw new StoreException(
          e instanceof HttpConnectTimeoutException ? Kind.UNREACHABLE : Kind.STOPPED,
          servers + ": " + host + " did not answer in time",
          e);
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new StoreException(Kind.STOPPED, "the thread was interrupted", e);
      }
      throw new StoreException(Kind.UNREACHABLE, servers + ": " + reason(host, e), e);
    }
    if (response.statusCode() == 200) {
      return response.body();
    }
    throw failure(response).exception(servers);
  }

  private static String reason(String host, IOException e) {
    if (Failures.isUnknownHost(e)) {
      return "the host " + host + " is not known; correct the address of the store";
    }
    String told = e.getMessage();
    return "no server answers at " + host + (told == null ? "" : " (" + told + ")");
  }

  private static ServerFailure failure(HttpResponse<InputStream> response) {
    String body;
    try (InputStream in = response.body()) {
      body = new String(in.readNBytes(MOST_FAILURE_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      body = "status " + response.statusCode();
    }
    return ServerFailure.of(
        response.headers().firstValue("X-ClickHouse-Exception-Code").orElse(null), body);
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(Kind.STOPPED, "the thread was interrupted", e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
