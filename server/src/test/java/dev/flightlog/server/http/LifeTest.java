package dev.flightlog.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.flightlog.server.http.HttpConfig.Capacity;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.server.web.Content;
import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Problem;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.ServerException;
import dev.flightlog.store.StoreException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifeTest {
  private static final Route QUICK =
      Route.get("/api/quick", "", request -> Response.text(200, "quick"));

  @TempDir Path home;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final Route slow =
      Route.get(
          "/api/slow",
          "",
          request -> {
            begun.countDown();
            goOn.await();
            return Response.text(200, "done");
          });

  private HttpConfig config() {
    return HttpConfig.loopback(0, Tokens.inHome(home));
  }

  @Test
  void anotherAddressThanLoopbackNeedsAToken() {
    for (String host : List.of("0.0.0.0", "::", "192.0.2.1")) {
      assertThatThrownBy(() -> HttpServer.start(config().host(host), List.of()))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("--new-token");
    }
    assertThatThrownBy(() -> HttpServer.start(config().host("no such host"), List.of()))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("no address");
  }

  @Test
  void withATokenEveryAddressServesButNotWithoutOne() throws IOException {
    Tokens tokens = Tokens.inHome(home);
    String token = tokens.add("me", Instant.EPOCH);
    HttpConfig all = HttpConfig.loopback(0, tokens).host("0.0.0.0");
    try (Running running = Running.of(all, QUICK)) {
      String get = "GET /api/quick HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";
      assertThat(Running.status(running.raw(get + "\r\n"))).isEqualTo(401);
      String bearer = "Authorization: bearer " + token + "\r\n\r\n";
      assertThat(Running.status(running.raw(get + bearer))).isEqualTo(200);
      String live = get.replace("/api/quick", "/health/live");
      assertThat(Running.status(running.raw(live + "\r\n"))).isEqualTo(200);
    }
  }

  @Test
  void aPortInUseIsOneClearError() {
    try (Running running = Running.of(home, QUICK)) {
      HttpConfig same = HttpConfig.loopback(running.port(), Tokens.inHome(home));
      assertThatThrownBy(() -> HttpServer.start(same, List.of()))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("127.0.0.1:" + running.port())
          .hasMessageContaining("--port");
    }
  }

  @Test
  void aStopLetsARunningRequestEndAndTakesNoOther() throws Exception {
    Running running = Running.of(home, slow, QUICK);
    CompletableFuture<HttpResponse<String>> answer =
        CompletableFuture.supplyAsync(() -> running.get("/api/slow"));
    begun.await();
    Socket open = running.socket();
    CompletableFuture<Void> stop = CompletableFuture.runAsync(running.server::close);
    String get = "GET /health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assertThatThrownBy(
            () -> {
              while (true) {
                running.socket().close();
              }
            })
        .isInstanceOf(SocketException.class);
    open.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
    assertThat(Running.rest(open)).contains(" 503 ").contains("Retry-After").contains("stopping");
    assertThat(stop).isNotDone();
    goOn.countDown();
    assertThat(answer.get(60, TimeUnit.SECONDS).body()).isEqualTo("done");
    stop.get(60, TimeUnit.SECONDS);
    running.close();
  }

  @Test
  void aStopWaitsNoLongerThanItSays() {
    Capacity impatient = Capacity.DEFAULT.drain(Duration.ofMillis(100));
    Running running = Running.of(config().capacity(impatient), slow);
    CompletableFuture<Void> asked =
        CompletableFuture.runAsync(() -> running.get("/api/slow")).exceptionally(e -> null);
    assertTimeout(
        Duration.ofSeconds(8),
        () -> {
          begun.await();
          running.server.close();
        });
    asked.join();
    running.client.close();
  }

  @Test
  void moreThanRunAndWaitIsRefusedAtOnceAndMayComeAgain() throws Exception {
    Capacity small = Capacity.DEFAULT.workers(1, 1);
    try (Running running = Running.of(config().capacity(small), slow, QUICK)) {
      CompletableFuture<HttpResponse<String>> first =
          CompletableFuture.supplyAsync(() -> running.get("/api/slow"));
      begun.await();
      List<CompletableFuture<HttpResponse<String>>> others = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        others.add(
            CompletableFuture.supplyAsync(
                () -> running.get("/api/quick"), Thread::startVirtualThread));
      }
      HttpResponse<?> refused =
          (HttpResponse<?>)
              CompletableFuture.anyOf(others.toArray(CompletableFuture[]::new))
                  .get(60, TimeUnit.SECONDS);
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      goOn.countDown();
      assertThat(first.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
      for (var other : others) {
        assertThat(other.get(60, TimeUnit.SECONDS).statusCode()).isIn(200, 503);
      }
      assertThat(running.get("/api/quick").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aHandlerThatTakesTooLongIsInterrupted() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    Route endless =
        Route.get(
                "/api/endless",
                "",
                request -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException e) {
                    interrupted.countDown();
                  }
                  return Response.empty(200);
                })
            .limits(Limits.DEFAULT.time(Duration.ofMillis(50)));
    try (Running running = Running.of(config(), endless)) {
      HttpResponse<String> answer = running.get("/api/endless");
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      assertThat(interrupted.await(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aReaderThatNeverReadsHoldsUpNobodyAndIsCutOff() throws IOException {
    byte[] part = new byte[1 << 20];
    Arrays.fill(part, (byte) 'x');
    CountDownLatch gone = new CountDownLatch(2);
    Content.Written endless =
        out -> {
          try {
            while (true) {
              out.write(part);
            }
          } finally {
            gone.countDown();
          }
        };
    Route flood = Route.get("/api/flood", "", r -> Response.of(200, "text/plain", endless));
    Capacity capacity =
        Capacity.DEFAULT
            .workers(1, 4)
            .times(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(700));
    try (Running running = Running.of(config().capacity(capacity), flood, QUICK);
        Socket one = running.socket();
        Socket other = running.socket()) {
      String get = "GET /api/flood HTTP/1.1\r\nHost: localhost\r\n\r\n";
      one.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      other.getOutputStream().write(get.getBytes(StandardCharsets.US_ASCII));
      assertThat(running.get("/api/quick").body()).isEqualTo("quick");
      assertTimeout(Duration.ofSeconds(60), () -> gone.await());
    }
  }

  @Test
  void whatBreaksOffWhileItIsSentIsNotTakenForWhole() throws IOException {
    Content.Written broken =
        out -> {
          out.write(new byte[100_000]);
          throw new IOException("broken");
        };
    Route half = Route.get("/api/half", "", r -> Response.of(200, "text/plain", broken));
    try (Running running = Running.of(config(), half)) {
      assertThatThrownBy(() -> running.get("/api/half"))
          .hasRootCauseInstanceOf(java.io.EOFException.class);
    }
  }

  @Test
  void failuresTellNothingAndTellWhetherToComeAgain() {
    Route bug =
        Route.get(
            "/api/bug",
            "",
            request -> {
              throw new IllegalStateException("secret");
            });
    Route busy =
        Route.get(
            "/api/busy",
            "",
            request -> {
              throw new StoreException(StoreException.Kind.BUSY, "secret");
            });
    Route refusing =
        Route.get(
            "/api/refusing",
            "",
            request -> {
              throw Problem.of(409, "not now\u001b[31m").exception();
            });
    try (Running running = Running.of(config(), bug, busy, refusing)) {
      assertThat(running.get("/api/bug").statusCode()).isEqualTo(500);
      assertThat(running.get("/api/bug").body())
          .doesNotContain("secret")
          .contains("\"status\":500");
      assertThat(running.get("/api/busy").statusCode()).isEqualTo(503);
      assertThat(running.get("/api/busy").headers().firstValue("Retry-After")).isPresent();
      assertThat(running.get("/api/busy").body()).doesNotContain("secret");
      assertThat(running.get("/api/refusing").statusCode()).isEqualTo(409);
      assertThat(running.get("/api/refusing").body()).doesNotContain("\u001b");
    }
  }

  @Test
  void healthTellsWhichPartCannotWork() {
    try (Running running = Running.of(config(), QUICK)) {
      assertThat(running.get("/health/live").body()).isEqualTo("{\"status\":\"live\"}");
      assertThat(running.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    }
  }
}
