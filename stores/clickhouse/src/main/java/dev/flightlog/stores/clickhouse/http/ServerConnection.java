package dev.flightlog.stores.clickhouse.http;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Sends statements to whichever server of the store answers. A server that is down, read-only, full
 * or busy costs a look at the next one; when none answers, all are tried again, at growing
 * distances, until {@code patience} is over. So every statement must bear to be sent twice. Safe
 * for many threads; blocks.
 */
public final class ServerConnection implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final long FIRST_WAIT_MS = 50;
  private static final long LONGEST_WAIT_MS = 2_000;
  private static final int MOST_FAILURE_BYTES = 64 * 1024;

  private final Servers servers;
  private final Duration patience;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /** The host that answered last. */
  private final AtomicInteger current = new AtomicInteger();

  /**
   * @param patience how long it looks for a server that answers
   */
  public ServerConnection(Servers servers, Duration patience) {
    this.servers = servers;
    this.patience = patience;
  }

  public Servers servers() {
    return servers;
  }

  /**
   * Sends a statement.
   *
   * @return what it answered; the caller closes it
   * @throws StoreException as the servers fail; UNREACHABLE when none answers
   */
  public InputStream send(Query query) {
    long end = System.nanoTime() + patience.toNanos();
    long wait = FIRST_WAIT_MS;
    while (true) {
      StoreException last = null;
      int unknown = 0;
      List<String> hosts = servers.hosts();
      int first = current.get();
      for (int i = 0; i < hosts.size(); i++) {
        int host = (first + i) % hosts.size();
        try {
          InputStream answer = sendTo(hosts.get(host), query);
          current.set(host);
          return answer;
        } catch (StoreException e) {
          if (!e.worthRetrying()) {
            throw e;
          }
          last = e;
          unknown += isUnknown(e) ? 1 : 0;
        }
      }
      if (last != null && unknown == hosts.size()) {
        throw last;
      }
      if (last != null && System.nanoTime() + wait * 1_000_000 > end) {
        throw last;
      }
      pause(wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    }
  }

  /**
   * Sends a statement to the first server that answers anything, once.
   *
   * @throws StoreException as that server fails; UNREACHABLE when none answers
   */
  public void attempt(Query query) {
    List<String> hosts = servers.hosts();
    int first = current.get();
    for (int i = 0; ; i++) {
      try {
        sendTo(hosts.get((first + i) % hosts.size()), query).close();
        return;
      } catch (StoreException e) {
        if (!(e.getCause() instanceof IOException) || i + 1 == hosts.size()) {
          throw e;
        }
      } catch (IOException e) {
        throw broken(e);
      }
    }
  }

  /**
   * As {@link #send}, and reads the answer to its end. An answer that breaks off is asked for
   * again, so the statement must be one that may run twice.
   */
  public byte[] bytes(Query query) {
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try (InputStream answer = send(query)) {
        return answer.readAllBytes();
      } catch (IOException e) {
        if (System.nanoTime() > end) {
          throw broken(e);
        }
        pause(FIRST_WAIT_MS);
      }
    }
  }

  /** As {@link #send}, for a statement that answers nothing. */
  public void run(Query query) {
    bytes(query);
  }

  /** What a broken answer means. */
  public StoreException broken(IOException e) {
    return new StoreException(
        Kind.UNREACHABLE, servers + ": the answer broke off (" + e.getMessage() + ")", e);
  }

  private InputStream sendTo(String host, Query query) {
    HttpResponse<InputStream> response;
    try {
      response = client.send(request(host, query), BodyHandlers.ofInputStream());
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
    if (isUnknown(e)) {
      return "the host " + host + " is not known; correct the address of the store";
    }
    String told = e.getMessage();
    return "no server answers at " + host + (told == null ? "" : " (" + told + ")");
  }

  /** Nobody waits for a name that is written wrongly. */
  private static boolean isUnknown(Throwable e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
        return true;
      }
    }
    return false;
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

  private HttpRequest request(String host, Query query) {
    Map<String, String> parameters = new TreeMap<>(query.settings());
    byte @Nullable [] body = query.body();
    if (body != null) {
      parameters.put("query", query.sql());
    } else {
      body = query.sql().getBytes(StandardCharsets.UTF_8);
      parameters.put("max_query_size", Integer.toString(body.length + 1024));
    }
    parameters.put("max_execution_time", Long.toString(Math.max(1, query.patience().toSeconds())));
    StringBuilder uri = new StringBuilder(servers.tls() ? "https://" : "http://");
    uri.append(host).append('/');
    char by = '?';
    for (Map.Entry<String, String> each : parameters.entrySet()) {
      uri.append(by)
          .append(each.getKey())
          .append('=')
          .append(URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8));
      by = '&';
    }
    return HttpRequest.newBuilder(URI.create(uri.toString()))
        .timeout(query.patience().plusSeconds(10))
        .header("X-ClickHouse-User", servers.user())
        .header("X-ClickHouse-Key", servers.password())
        .POST(BodyPublishers.ofByteArray(body))
        .build();
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
