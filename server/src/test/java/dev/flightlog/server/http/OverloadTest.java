package dev.flightlog.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.server.web.Limits;
import dev.flightlog.server.web.Payload;
import dev.flightlog.server.web.Response;
import dev.flightlog.server.web.Route;
import dev.flightlog.server.web.Schema;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More requests of one route than are handled at a time. */
class OverloadTest {
  @TempDir Path home;

  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();

  private Route slow(int atATime, Duration patience) {
    return Route.post(
            "/api/slow",
            "",
            request -> {
              mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
              begun.countDown();
              mayEnd.await();
              atOnce.decrementAndGet();
              return Response.text(200, "done");
            })
        .takes(Payload.raw(Schema.ANY, "*/*"))
        .limits(Limits.DEFAULT.atATime(atATime, patience));
  }

  private static HttpResponse<String> post(Running running) {
    return running.post("/api/slow", new byte[100]);
  }

  @Test
  void whoFindsNoPlaceInTimeIsRefusedBeforeItsBodyIsReadAndToldWhenToComeBack() throws Exception {
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
        Running running = Running.of(home, slow(1, Duration.ofMillis(20)))) {
      Future<HttpResponse<String>> first = senders.submit(() -> post(running));
      begun.await();
      try (Socket socket = running.socket()) {
        String head =
            "POST /api/slow HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        BufferedReader answer =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(answer.readLine()).startsWith("HTTP/1.1 429");
        assertThat(answer.lines().takeWhile(line -> !line.isEmpty())).contains("Retry-After: 1");
      }
      mayEnd.countDown();
      assertThat(first.get().body()).isEqualTo("done");
      assertThat(post(running).body()).isEqualTo("done");
    }
  }

  @Test
  void whoStandsInLineIsServedWhenThereIsAPlaceAndNoMoreRunAtATime() throws Exception {
    try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
        Running running = Running.of(home, slow(2, Duration.ofMinutes(1)))) {
      List<Future<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(senders.submit(() -> post(running)));
      }
      begun.await();
      mayEnd.countDown();
      for (Future<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().body()).isEqualTo("done");
      }
      assertThat(mostAtOnce.get()).isBetween(1, 2);
    }
  }
}
