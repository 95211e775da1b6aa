package dev.flightlog.cli;

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
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Sends one comment after the other, each until it is answered with 200. */
final class ChaosSender implements AutoCloseable {
  private final ChaosProcesses processes;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final Set<String> answered = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);
  private volatile boolean stopped;

  ChaosSender(ChaosProcesses processes) {
    this.processes = processes;
  }

  void start() {
    thread.start();
  }

  void stop() throws InterruptedException {
    stopped = true;
    thread.join();
  }

  Set<String> answered() {
    return answered;
  }

  private void run() {
    for (int i = 1; !stopped; i++) {
      boolean sent = send("chaos-" + i, i);
      while (!sent && !stopped) {
        processes.pause(100);
        sent = send("chaos-" + i, i);
      }
      if (sent) {
        answered.add("chaos-" + i);
      }
      processes.pause(250);
    }
  }

  private boolean send(String id, int number) {
    URI address = processes.address();
    if (address == null) {
      return false;
    }
    String body =
        "{\"action\":\"created\",\"issue\":{\"number\":1},\"comment\":{\"id\":"
            + number
            + ",\"body\":\"@bot review\",\"author_association\":\"OWNER\","
            + "\"user\":{\"login\":\"me\",\"type\":\"User\"}},"
            + "\"repository\":{\"full_name\":\"me/p\"},\"sender\":{\"type\":\"User\"}}";
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/webhooks/github"))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .header("X-GitHub-Event", "issue_comment")
            .header("X-GitHub-Delivery", id)
            .header("X-Hub-Signature-256", "sha256=" + hmac(body))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    @Nullable HttpResponse<String> answer;
    try {
      answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException killed) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return answer.statusCode() == 200;
  }

  private static String hmac(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(ChaosProcesses.SECRET.getBytes(UTF_8), "HmacSHA256"));
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
