package dev.flightlog.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.server.http.HttpConfig.Capacity;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.server.web.Json;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireTest {
  private static final String HOST = "Host: localhost\r\nConnection: close\r\n";

  @TempDir Path home;

  private final AtomicInteger calls = new AtomicInteger();

  private final Route echo =
      Route.post(
              "/api/echo",
              "The body",
              request -> {
                calls.incrementAndGet();
                return Response.text(200, new String(request.body(), StandardCharsets.UTF_8));
              })
          .takes(Payload.of(Schema.ANY, "text/plain"));
  private final Route thing =
      Route.get("/api/things/{name}", "A thing", r -> Response.text(200, r.pathParameter("name")));

  private static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    JsonNode problem = Json.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    assertThat(problem.get("status").asInt()).isEqualTo(status);
    assertThat(problem.get("type").asText()).isEqualTo("about:blank");
    assertThat(problem.get("title").asText()).isNotEmpty();
    assertThat(problem.get("detail").asText()).isNotEmpty();
  }

  @Test
  void whatIsNotThereAndWhatIsNotAllowedAreProblems() {
    try (Running running = Running.of(home, echo, thing)) {
      assertProblem(running.get("/api/nothing"), 404);
      assertProblem(running.get("/nothing"), 404);
      assertProblem(running.get("/api/things/"), 404);
      assertProblem(running.get("/api/things/a/b"), 404);
      HttpResponse<String> wrong = running.get("/api/echo");
      assertProblem(wrong, 405);
      assertThat(wrong.headers().firstValue("Allow")).contains("POST");
      HttpResponse<String> posted = running.post("/api/things/a", new byte[0]);
      assertProblem(posted, 405);
      assertThat(posted.headers().firstValue("Allow")).contains("GET, HEAD");
      assertProblem(running.get("/api/things/a?colour=red"), 400);
    }
  }

  @Test
  void strangeMethodsAreRefused() throws IOException {
    try (Running running = Running.of(home, echo, thing)) {
      for (String method : List.of("TRACE", "OPTIONS", "PATCH", "PUT", "DELETE", "BREW")) {
        String answer = running.raw(method + " /api/things/a HTTP/1.1\r\n" + HOST + "\r\n");
        assertThat(Running.status(answer)).as(method).isEqualTo(405);
        assertThat(answer).contains("application/problem+json");
      }
      // The connection stays open behind a CONNECT until it has been idle for long enough.
      String connect = running.head("CONNECT evil.example:443 HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(Running.status(connect)).isIn(400, 403, 404, 405);
    }
  }

  @Test
  void headIsAnsweredLikeGetWithoutBody() throws IOException {
    try (Running running = Running.of(home, thing)) {
      String answer = running.raw("HEAD /api/things/abc HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(answer)
          .startsWith("HTTP/1.1 200")
          .contains("Content-Length: 3")
          .endsWith("\r\n\r\n");
    }
  }

  @Test
  void ambiguousAndBrokenRequestsReachNoHandler() throws IOException {
    String post = "POST /api/echo HTTP/1.1\r\n" + HOST + "Content-Type: text/plain\r\n";
    List<String> smuggled =
        List.of(
            post
                + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n",
            post + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            post + "Content-Length: 5, 6\r\n\r\nhello!",
            post + "Content-Length: +5\r\n\r\nhello",
            post + "Content-Length: -5\r\n\r\nhello",
            post + "Content-Length: 0x5\r\n\r\nhello",
            post + "Content-Length : 5\r\n\r\nhello",
            post + "Content-Length: 99999999999999999999\r\n\r\nhello",
            post + "Transfer-Encoding: chunked, identity\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            post + "Transfer-Encoding: gzip, chunked, chunked\r\n\r\n0\r\n\r\n",
            post + "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
            post + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nhello\r\n0\r\n\r\n",
            post + "X: a\r\n folded\r\nContent-Length: 5\r\n\r\nhello",
            post + "X\0: a\r\nContent-Length: 5\r\n\r\nhello",
            post + "X: a\0b\r\nContent-Length: 5\r\n\r\nhello",
            "POST /api/echo HTTP/3.7\r\n" + HOST + "\r\n",
            "POST /api/echo\r\n\r\n",
            "GET http://evil.example/api/things/a HTTP/1.1\r\n" + HOST + "\r\n",
            "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003\r\n\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    try (Running running = Running.of(home, echo, thing)) {
      for (String request : smuggled) {
        String answer = running.raw(request);
        assertThat(Running.status(answer)).as(request).isIn(0, 400, 403, 426, 501, 505);
        assertThat(answer.split("HTTP/1\\.1 \\d{3} ", -1).length)
            .as(request)
            .isLessThanOrEqualTo(2);
      }
      assertThat(calls).hasValue(0);
    }
  }

  @Test
  void pathsThatMeanTwoThingsAreRefused() throws IOException {
    List<String> paths =
        List.of(
            "/api/things/..%2f..%2fetc",
            "/api/things/%2e%2e/%2e%2e",
            "/api/things/a%2fb",
            "/api/things/a%5cb",
            "/api/things/a;b",
            "/api//things/a",
            "/api/things/%00",
            "/api/things/%zz",
            "/api/things/%c0%ae",
            "/api/things/a\\b",
            "/../etc/passwd",
            "/api/things/%252e%252e",
            "/api/things/\u00ff",
            "/api/things/a#b");
    try (Running running = Running.of(home, thing)) {
      for (String path : paths) {
        String answer = running.raw("GET " + path + " HTTP/1.1\r\n" + HOST + "\r\n");
        if (Running.status(answer) == 200) {
          String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
          assertThat(body).as(path).doesNotContain("/").doesNotContain("\0").isNotEqualTo("..");
        } else {
          assertThat(Running.status(answer)).as(path).isIn(400, 404);
        }
      }
    }
  }

  @Test
  void aHeadThatIsTooLargeIsRefused() throws IOException {
    String get = "GET /api/things/a HTTP/1.1\r\n" + HOST;
    try (Running running = Running.of(home, thing)) {
      String large = running.raw(get + "X: " + "a".repeat(40_000) + "\r\n\r\n");
      assertThat(Running.status(large)).isEqualTo(431);
      String many = running.raw(get + "X: 1\r\n".repeat(300) + "\r\n");
      assertThat(Running.status(many)).isEqualTo(431);
      assertThat(many).contains("application/problem+json");
      String address = running.raw("GET /" + "a".repeat(40_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
      assertThat(Running.status(address)).isIn(414, 431);
    }
  }

  private Running impatient(Route... routes) {
    Capacity capacity =
        Capacity.DEFAULT.times(
            Duration.ofMillis(400), Duration.ofMillis(400), Duration.ofMillis(900));
    return Running.of(HttpConfig.loopback(0, Tokens.inHome(home)).capacity(capacity), routes);
  }

  /** Writes a drop again and again until the server closes; true when it did within 10 s. */
  private static boolean drip(Socket socket, String before, String drop) throws IOException {
    socket.getOutputStream().write(before.getBytes(StandardCharsets.ISO_8859_1));
    socket.setSoTimeout(30);
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (System.nanoTime() - end < 0) {
      try {
        socket.getOutputStream().write(drop.getBytes(StandardCharsets.ISO_8859_1));
        int read = socket.getInputStream().read();
        if (read < 0) {
          return true;
        }
      } catch (java.net.SocketTimeoutException stillOpen) {
        // The next drop.
      } catch (SocketException reset) {
        return true;
      }
    }
    return false;
  }

  @Test
  void aHeadThatDripsInIsCutOffInTime() {
    try (Running running = impatient(thing)) {
      assertTimeout(
          Duration.ofSeconds(10),
          () -> {
            try (Socket socket = running.socket()) {
              assertThat(drip(socket, "GET /api/things/a HTTP/1.1\r\n", "X: y\r\n")).isTrue();
            }
          });
    }
  }

  @Test
  void aSecondHeadThatDripsInIsCutOffToo() {
    try (Running running = impatient(thing)) {
      assertTimeout(
          Duration.ofSeconds(10),
          () -> {
            try (Socket socket = running.socket()) {
              String first = "GET /api/things/a HTTP/1.1\r\nHost: localhost\r\n\r\n";
              assertThat(drip(socket, first, "X")).isTrue();
            }
          });
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosed() {
    try (Running running = impatient(thing)) {
      assertTimeout(
          Duration.ofSeconds(10),
          () -> {
            try (Socket socket = running.socket()) {
              assertThat(Running.rest(socket)).isEmpty();
            }
          });
    }
  }

  @Test
  void aBodyThatDripsInOrStopsIsRefusedInTime() {
    String head =
        "POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
            + "Content-Length: 100000\r\n\r\n";
    try (Running running = impatient(echo)) {
      assertTimeout(
          Duration.ofSeconds(20),
          () -> {
            try (Socket socket = running.socket()) {
              assertThat(drip(socket, head, "x")).isTrue();
            }
            try (Socket socket = running.socket()) {
              socket.getOutputStream().write((head + "some").getBytes(StandardCharsets.US_ASCII));
              assertThat(Running.rest(socket)).contains(" 408 ");
            }
          });
      assertThat(calls).hasValue(0);
    }
  }

  @Test
  void manySlowConnectionsHoldUpNobody() throws IOException {
    Capacity capacity = Capacity.DEFAULT.connections(300);
    HttpConfig config = HttpConfig.loopback(0, Tokens.inHome(home)).capacity(capacity);
    try (Running running = Running.of(config, thing, echo)) {
      Socket[] slow = new Socket[250];
      for (int i = 0; i < slow.length; i++) {
        slow[i] = running.socket();
        String begun =
            i % 2 == 0
                ? "GET /api/things/a HTTP/1.1\r\nHost: local"
                : "POST /api/echo HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\n"
                    + "Content-Length: 10\r\n\r\nabc";
        slow[i].getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
      }
      assertTimeout(
          Duration.ofSeconds(5),
          () -> {
            for (int i = 0; i < 20; i++) {
              assertThat(running.get("/api/things/a").statusCode()).isEqualTo(200);
            }
          });
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }
}
