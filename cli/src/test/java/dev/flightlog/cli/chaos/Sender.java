package dev.flightlog.cli.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends one signed comment after the other, each until it is answered with 200, every fifth once
 * more; and asks questions in between.
 */
final class Sender implements AutoCloseable {
  static final String SECRET = "chaos";

  private final URI server;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger questions = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
  private volatile boolean stopped;
  private volatile long givenUp = Long.MAX_VALUE;

  Sender(URI server) {
    this.server = server;
  }

  void start() {
    thread.start();
  }

  /** Stops when the present one is answered, or this much later. */
  void stop(Duration most) throws InterruptedException {
    givenUp = System.nanoTime() + most.toNanos();
    stopped = true;
    thread.join();
  }

  /** The ids of deliveries that were answered with 200. */
  Set<String> answered() {
    return answered;
  }

  String questions() {
    return questions + " questions answered, " + unanswered + " not";
  }

  private void run() {
    for (int i = 1; !stopped; i++) {
      String id = "chaos-" + i;
      boolean sent = send(id, i);
      while (!sent && System.nanoTime() < givenUp) {
        Pause.millis(100);
        sent = send(id, i);
      }
      if (sent) {
        answered.add(id);
      }
      if (i % 5 == 0) {
        send(id, i);
      }
      if (i % 3 == 0) {
        boolean told = ask("api/ask/" + (i % 2 == 0 ? "errors" : "tools"));
        (told ? questions : unanswered).incrementAndGet();
      }
      Pause.millis(200);
    }
  }

  /** True when it is answered with 200. */
  boolean ask(String path) {
    return status(HttpRequest.newBuilder(server.resolve("/" + path)).GET()) == 200;
  }

  private boolean send(String id, int number) {
    String body =
        "{\"action\":\"created\",\"issue\":{\"number\":1},\"comment\":{\"id\":"
            + number
            + ",\"body\":\"@bot review\",\"author_association\":\"OWNER\","
            + "\"user\":{\"login\":\"me\",\"type\":\"User\"}},"
            + "\"repository\":{\"full_name\":\"me/p\"},\"sender\":{\"type\":\"User\"}}";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/webhooks/github"))
            .header("Content-Type", "application/json")
            .header("X-GitHub-Event", "issue_comment")
            .header("X-GitHub-Delivery", id)
            .header("X-Hub-Signature-256", "sha256=" + hmac(body))
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return status(request) == 200;
  }

  private int status(HttpRequest.Builder request) {
    try {
      return client
          .send(
              request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString())
          .statusCode();
    } catch (IOException killed) {
      return 0;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String hmac(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
