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
import java.util.function.IntSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Sends one signed comment after the other, each until it is answered with 200, every fifth once
 * more; and asks questions in between.
 */
final class Sender implements AutoCloseable {
  static final String SECRET = "chaos";

  /** More than so many that are not done yet make it wait, as people do. */
  private static final int MOST_OPEN = 15;

  private final URI server;
  private final IntSupplier done;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final AtomicInteger questions = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
  private volatile boolean stopped;
  private volatile long givenUp = Long.MAX_VALUE;

  /**
   * @param done how many tasks are done
   */
  Sender(URI server, IntSupplier done) {
    this.server = server;
    this.done = done;
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
      do {
        Pause.millis(200);
      } while (!stopped && answered.size() - done.getAsInt() > MOST_OPEN);
    }
  }

  /** True when it is answered with 200. */
  boolean ask(String path) {
    return answer(HttpRequest.newBuilder(server.resolve("/" + path)).GET()).startsWith("200 ");
  }

  /** Status and body of an answer. */
  String told(String path) {
    return answer(HttpRequest.newBuilder(server.resolve("/" + path)).GET());
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
    return answer(request).startsWith("200 ");
  }

  private String answer(HttpRequest.Builder request) {
    try {
      HttpResponse<String> answer =
          client.send(
              request.timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() + " " + answer.body();
    } catch (IOException killed) {
      return String.valueOf(killed);
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
