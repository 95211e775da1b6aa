package dev.flightlog.server.webhooks;

import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.server.http.HttpConfig;
import dev.flightlog.server.http.HttpServer;
import dev.flightlog.server.tokens.Tokens;
import dev.flightlog.tasks.folder.TaskFolderSettings;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.queue.RetryPolicy;
import dev.flightlog.tasks.queue.SqliteQueue;
import dev.flightlog.webhooks.WebhookSettings;
import dev.flightlog.webhooks.Webhooks;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A server that takes webhooks of GitHub, with everything behind it, in one home. */
final class Receiver implements AutoCloseable {
  final java.util.List<String> messages = new java.util.concurrent.CopyOnWriteArrayList<>();
  final FlightRecorder recorder;
  final TaskFolders folders;
  final SqliteQueue queue;
  final Webhooks webhooks;
  final HttpServer server;

  /**
   * @param github more settings of GitHub than the secret
   */
  Receiver(Path home, Map<String, String> github) throws IOException {
    Redactor redactor = Redactor.create(RedactionKey.inHome(home));
    InstantSource clock = InstantSource.system();
    recorder = FlightRecorder.open(RecorderConfig.at(home));
    folders = new TaskFolders(TaskFolderSettings.in(home.resolve("tasks")), redactor, recorder);
    queue = SqliteQueue.open(home.resolve("queue.db"), RetryPolicy.USUAL, clock);
    Map<String, String> all = new java.util.HashMap<>(github);
    all.put("secret", Sent.SECRET);
    WebhookSettings settings =
        WebhookSettings.read(Map.of("github", all), Map.of(), pause -> {}, clock);
    webhooks =
        Webhooks.open(home, settings, redactor, recorder, folders, queue, clock, messages::add);
    server =
        HttpServer.start(
            HttpConfig.loopback(0, Tokens.inHome(home)), List.of(new WebhooksFeature(webhooks)));
  }

  void awaitIdle() throws InterruptedException {
    if (!webhooks.awaitIdle(Duration.ofMinutes(5))) {
      throw new AssertionError("deliveries are still open");
    }
  }

  /** Runs until it is killed. Prints its address when it listens. */
  public static void main(String[] arguments) throws Exception {
    try (Receiver receiver = new Receiver(Path.of(arguments[0]), Map.of())) {
      System.out.println(receiver.server.uri());
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  @Override
  public void close() {
    server.close();
    webhooks.close();
    queue.close();
    recorder.close();
  }
}
