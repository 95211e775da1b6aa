package dev.flightlog.server.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.event.EventIds;
import dev.flightlog.recorder.Journals;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.TaskFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Deliveries, 30 % of them sent twice and 20 % out of order, to a server that is killed while they
 * come; what was not answered is sent again, as providers do or are asked to. {@code
 * -Dflightlog.webhooks.deliveries=N} and {@code -Dflightlog.webhooks.kills=N} set the size.
 */
class DeliveryStormTest {
  private static final int DELIVERIES = Integer.getInteger("flightlog.webhooks.deliveries", 300);
  private static final int KILLS = Integer.getInteger("flightlog.webhooks.kills", 2);
  private static final long SEED = Long.getLong("flightlog.seed", new Random().nextLong());
  private static final int SENDERS = 8;
  private static final List<String> STAGES =
      List.of(
          "received",
          "validation",
          "command_matching",
          "immediate_response",
          "task_created",
          "queue_push");

  @TempDir Path home;

  @Test
  void everyDeliveryIsOneTaskWithAllItsStagesWhateverIsKilled() throws Exception {
    BlockingQueue<Sent> open = new LinkedBlockingQueue<>(requests(new Random(SEED)));
    int requests = open.size();
    Answered answered = new Answered();
    Server server = new Server(home);
    server.start();
    ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < SENDERS; i++) {
      running.add(senders.submit(() -> send(open, requests, answered, server)));
    }
    for (int kill = 1; kill <= KILLS; kill++) {
      int at = kill * requests / (KILLS + 1);
      answered.awaitAtLeast(at);
      server.kill();
      server.start();
    }
    for (Future<?> each : running) {
      each.get();
    }
    senders.shutdown();
    server.kill();
    try (Receiver receiver = new Receiver(home, Map.of())) {
      receiver.awaitIdle();
      assertAllHandledOnce(receiver);
    }
    assertEveryStageIsAnEvent();
  }

  private static List<Sent> requests(Random random) {
    List<Sent> all = new ArrayList<>();
    for (int i = 0; i < DELIVERIES; i++) {
      all.add(Sent.comment(i));
      if (random.nextInt(10) < 3) {
        all.add(Sent.comment(i));
      }
    }
    for (int i = 0; i < all.size(); i++) {
      if (random.nextInt(10) < 2) {
        Collections.swap(all, i, Math.min(all.size() - 1, i + random.nextInt(50)));
      }
    }
    return all;
  }

  private static void send(
      BlockingQueue<Sent> open, int requests, Answered answered, Server server) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (answered.get() < requests) {
        Sent sent = open.poll(50, TimeUnit.MILLISECONDS);
        if (sent == null) {
          continue;
        }
        URI address = server.address();
        try {
          HttpResponse<String> answer =
              client.send(
                  sent.to(address).timeout(Duration.ofSeconds(30)).build(),
                  HttpResponse.BodyHandlers.ofString());
          assertThat(answer.statusCode()).as("seed %d: %s", SEED, answer.body()).isIn(200, 503);
          if (answer.statusCode() == 200) {
            answered.add();
          } else {
            open.add(sent);
          }
        } catch (IOException killed) {
          open.add(sent);
          server.awaitOther(address);
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertAllHandledOnce(Receiver receiver) throws IOException {
    assertThat(receiver.folders.ids()).as("seed %d", SEED).hasSize(DELIVERIES);
    assertThat(receiver.queue.pending()).hasSize(DELIVERIES);
    for (int i = 0; i < DELIVERIES; i++) {
      TaskId id = TaskId.ofKey("delivery:github:delivery-" + i);
      assertThat(receiver.queue.find(id)).isPresent();
      String flow =
          Files.readString(receiver.folders.file(id, TaskFile.WEBHOOK_FLOW).orElseThrow());
      for (String stage : STAGES) {
        assertThat(flow).as("seed %d, delivery %d", SEED, i).containsOnlyOnce('"' + stage + '"');
      }
    }
  }

  private void assertEveryStageIsAnEvent() throws IOException {
    Journals.recover(home);
    StringBuilder journals = new StringBuilder();
    try (var files = Files.list(home)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        journals.append(Files.readString(file));
      }
    }
    String all = journals.toString();
    java.util.Set<String> ids = new java.util.HashSet<>();
    java.util.regex.Matcher matcher =
        java.util.regex.Pattern.compile("\"id\":\"([0-9A-Z]{26})\"").matcher(all);
    while (matcher.find()) {
      ids.add(matcher.group(1));
    }
    for (int i = 0; i < DELIVERIES; i++) {
      TaskId task = TaskId.ofKey("delivery:github:delivery-" + i);
      assertThat(ids)
          .contains(
              EventIds.ofKey("task_request:" + task),
              EventIds.ofKey("task_status:" + task + ":created"));
      for (String stage : STAGES) {
        assertThat(ids).contains(EventIds.ofKey("delivery:github:delivery-" + i + ":" + stage));
      }
    }
  }

  /** How many requests were answered with 200. */
  private static final class Answered {
    private int count;

    synchronized void add() {
      count++;
      notifyAll();
    }

    synchronized int get() {
      return count;
    }

    synchronized void awaitAtLeast(int wanted) throws InterruptedException {
      while (count < wanted) {
        wait();
      }
    }
  }

  /** A server in a process of its own. */
  private static final class Server {
    private final Path home;
    private @Nullable Process process;
    private @Nullable URI address;

    Server(Path home) {
      this.home = home;
    }

    synchronized void start() throws IOException {
      Process started =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Receiver.class.getName(),
                  home.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process = started;
      BufferedReader out =
          new BufferedReader(
              new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
      address = URI.create(String.valueOf(out.readLine()));
      notifyAll();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
      Process running = java.util.Objects.requireNonNull(process);
      running.destroyForcibly();
      running.waitFor();
    }

    synchronized URI address() {
      return java.util.Objects.requireNonNull(address);
    }

    /** Waits until the server listens elsewhere than there, or may listen there again. */
    synchronized void awaitOther(URI former) throws InterruptedException {
      if (former.equals(address)) {
        wait(100);
      }
    }
  }
}
