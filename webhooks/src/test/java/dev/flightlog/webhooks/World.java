package dev.flightlog.webhooks;

import dev.flightlog.event.json.JsonReader;
import dev.flightlog.event.redaction.RedactionKey;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.recorder.RecorderConfig;
import dev.flightlog.tasks.Task;
import dev.flightlog.tasks.TaskId;
import dev.flightlog.tasks.folder.TaskFile;
import dev.flightlog.tasks.folder.TaskFolderSettings;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.queue.RetryPolicy;
import dev.flightlog.tasks.queue.SqliteQueue;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.webhooks.response.Responder;
import dev.flightlog.webhooks.signature.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything between a request and the queue, on real files. */
final class World implements AutoCloseable {
  final Path home;
  final List<String> messages = new java.util.concurrent.CopyOnWriteArrayList<>();
  final FlightRecorder recorder;
  final TaskFolders folders;
  final TaskQueue queue;
  final Deliveries deliveries;
  final DeliveryHandling handling;
  final DeliveryIntake intake;

  /** What is configured now. */
  volatile WebhookSettings settings;

  World(Path home, InstantSource clock, Map<String, Responder> responders) {
    this(home, clock, responders, null);
  }

  /**
   * @param through put before the queue, to make it fail; null for none
   */
  World(
      Path home,
      InstantSource clock,
      Map<String, Responder> responders,
      java.util.function.@Nullable UnaryOperator<TaskQueue> through) {
    this.home = home;
    try {
      Redactor redactor = Redactor.create(RedactionKey.inHome(home));
      recorder = FlightRecorder.open(RecorderConfig.at(home));
      folders = new TaskFolders(TaskFolderSettings.in(home.resolve("tasks")), redactor, recorder);
      TaskQueue real = SqliteQueue.open(home.resolve("queue.db"), RetryPolicy.USUAL, clock);
      queue = through == null ? real : through.apply(real);
      deliveries = Deliveries.open(home.resolve("deliveries.db"), messages::add);
      WebhookSettings usual = settings(clock);
      Map<String, Responder> all = new HashMap<>(usual.responders());
      all.putAll(responders);
      settings = new WebhookSettings(usual.providers(), all, List.of());
      handling =
          new DeliveryHandling(
              () -> settings,
              deliveries,
              folders,
              queue,
              recorder,
              clock,
              messages::add,
              Duration.ofMillis(5));
      intake =
          new DeliveryIntake(
              () -> settings, deliveries, redactor, recorder, clock, handling::handle);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static WebhookSettings settings(InstantSource clock) {
    return WebhookSettings.read(
        Map.of(
            "github", Map.of("secret", Signed.SECRET, "labels", Map.of("agent:review", "review")),
            "slack", Map.of("secret", Signed.SECRET, "bot_ids", List.of("U0BOT")),
            "jira", Map.of("secret", Signed.SECRET, "bot_ids", List.of("5b10"), "response", "none"),
            "ci",
                Map.of(
                    "secret", Signed.SECRET,
                    "signature_header", "X-CI-Signature",
                    "scheme", "hex",
                    "id_pointer", "/build/id",
                    "event_header", "X-CI-Event",
                    "text_pointer", "/note/text",
                    "author_pointer", "/note/by")),
        Map.of(),
        time -> {},
        clock);
  }

  Receipt send(Signed signed) {
    return intake.receive(signed.provider(), Headers.of(signed.headers()), signed.body());
  }

  /** What became of a request, in a word: accepted, duplicate, challenged, later, or a refusal. */
  String sent(Signed signed) {
    return word(send(signed));
  }

  static String word(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Kept kept -> kept.isNew() ? "accepted" : "duplicate";
      case Receipt.Challenged challenged -> "challenged";
      case Receipt.Refused refused -> refused.refusal().word();
      case Receipt.Later later -> "later";
    };
  }

  void awaitHandled() throws InterruptedException {
    if (!handling.awaitIdle(Duration.ofSeconds(30))) {
      throw new AssertionError("deliveries are still open");
    }
    // Goes the same way as what was told before, so all of that is on disk behind it.
    deliveries.forget(java.time.Instant.EPOCH);
  }

  List<Task> tasks() {
    try {
      return folders.list().tasks();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Map<?, ?>> flow(TaskId id) {
    try {
      return lines(folders.file(id, TaskFile.WEBHOOK_FLOW).orElseThrow());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> stages(TaskId id) {
    return flow(id).stream().map(line -> String.valueOf(line.get("stage"))).toList();
  }

  /** Every stage event in the journals. */
  List<Map<?, ?>> stageEvents() throws IOException {
    return events("webhook_stage");
  }

  /** What the journal has of a type. */
  List<Map<?, ?>> events(String type) throws IOException {
    recorder.flush();
    List<Map<?, ?>> events = new ArrayList<>();
    try (var files = Files.list(home)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".jsonl")).toList()) {
        for (Map<?, ?> line : lines(file)) {
          if (type.equals(line.get("event_type"))) {
            events.add(line);
          }
        }
      }
    }
    return events;
  }

  static double number(Map<?, ?> line, String key) {
    return line.get(key) instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  static Map<?, ?> details(Map<?, ?> event) {
    return (Map<?, ?>) java.util.Objects.requireNonNull(event.get("details"));
  }

  private static List<Map<?, ?>> lines(Path file) throws IOException {
    List<Map<?, ?>> all = new ArrayList<>();
    for (String line : Files.readString(file).lines().toList()) {
      byte[] json = line.getBytes(StandardCharsets.UTF_8);
      Object value = new JsonReader().reset(json, 0, json.length).value();
      all.add((Map<?, ?>) java.util.Objects.requireNonNull(value));
    }
    return all;
  }

  @Override
  public void close() {
    handling.close();
    deliveries.close();
    queue.close();
    recorder.close();
  }
}
