package dev.flightlog.server.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.TaskFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksFeatureTest {
  @TempDir Path home;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aSignedCommentIsAnsweredAndTheReactionArrivesAtGitHub() throws Exception {
    List<String> reactions = new CopyOnWriteArrayList<>();
    HttpServer gitHub =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    gitHub.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            reactions.add(exchange.getRequestURI() + " " + body);
            exchange.sendResponseHeaders(201, -1);
          }
        });
    gitHub.start();
    String api = "http://127.0.0.1:" + gitHub.getAddress().getPort();
    try (Receiver receiver = new Receiver(home, Map.of("api", api, "token", "t0ken"))) {
      HttpResponse<String> answer = send(receiver, Sent.comment(7));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body())
          .isEqualTo("{\"status\":\"accepted\",\"delivery_id\":\"delivery-7\"}");
      receiver.awaitIdle();
      assertThat(reactions)
          .containsExactly("/repos/owner/repo/issues/comments/7/reactions {\"content\":\"eyes\"}");
      TaskId id = TaskId.ofKey("delivery:github:delivery-7");
      Path flow = receiver.folders.file(id, TaskFile.WEBHOOK_FLOW).orElseThrow();
      assertThat(Files.readString(flow)).contains("\"status\":\"sent\"").hasLineCount(6);
      assertThat(receiver.queue.find(id)).isPresent();
    } finally {
      gitHub.stop(0);
    }
  }

  @Test
  void refusalsAreProblems() throws Exception {
    try (Receiver receiver = new Receiver(home, Map.of())) {
      Sent right = Sent.comment(7);
      Sent wrong = new Sent("delivery-7", Sent.comment(8).body());
      HttpResponse<String> answer =
          client.send(
              wrong
                  .to(receiver.server.uri())
                  .setHeader("X-Hub-Signature-256", right.signature())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
      assertThat(answer.body()).contains("wrong signature");
      HttpResponse<String> twice =
          client.send(
              right
                  .to(receiver.server.uri())
                  .header("X-Hub-Signature-256", right.signature())
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(twice.statusCode()).isEqualTo(401);
      HttpResponse<String> unknown =
          client.send(
              right
                  .to(receiver.server.uri())
                  .uri(receiver.server.uri().resolve("/webhooks/slack"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(unknown.statusCode()).isEqualTo(404);
    }
  }

  private HttpResponse<String> send(Receiver receiver, Sent sent) throws Exception {
    return client.send(
        sent.to(receiver.server.uri()).build(), HttpResponse.BodyHandlers.ofString());
  }
}
