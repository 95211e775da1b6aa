package dev.flightlog.webhooks;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.queue.QueueException;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.webhooks.provider.Provider;
import dev.flightlog.webhooks.signature.Headers;
import dev.flightlog.webhooks.signature.Signature;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * All of it, for whoever serves: takes requests, keeps them in {@link #FILE}, and handles them in
 * the background, what earlier processes have left first. Safe for any thread.
 */
public final class Webhooks implements AutoCloseable {
  /** The file in the home that keeps deliveries. */
  public static final String FILE = "deliveries.db";

  private static final Duration TRIALS = Duration.ofSeconds(2);

  private final AtomicReference<WebhookSettings> settings;
  private final Consumer<String> messages;
  private final Deliveries deliveries;
  private final DeliveryHandling handling;
  private final DeliveryIntake intake;
  private final TaskQueue queue;
  private long tried;
  private Optional<String> complaint = Optional.empty();

  private Webhooks(
      AtomicReference<WebhookSettings> settings,
      Consumer<String> messages,
      Deliveries deliveries,
      DeliveryHandling handling,
      DeliveryIntake intake,
      TaskQueue queue) {
    this.messages = messages;
    this.queue = queue;
    this.settings = settings;
    this.deliveries = deliveries;
    this.handling = handling;
    this.intake = intake;
  }

  /**
   * Opens the deliveries of a home and takes up those that are not handled. Folders, queue and
   * recorder stay open when this is closed.
   *
   * @param messages told what goes wrong, and when it is well again
   * @throws DeliveriesException when the file cannot be opened
   */
  public static Webhooks open(
      Path home,
      WebhookSettings settings,
      Redactor redactor,
      FlightRecorder recorder,
      TaskFolders folders,
      TaskQueue queue,
      InstantSource clock,
      Consumer<String> messages) {
    Deliveries deliveries = Deliveries.open(home.resolve(FILE), messages);
    settings.notices().forEach(messages);
    AtomicReference<WebhookSettings> current = new AtomicReference<>(settings);
    DeliveryHandling handling =
        new DeliveryHandling(current::get, deliveries, folders, queue, recorder, clock, messages);
    DeliveryIntake intake =
        new DeliveryIntake(current::get, deliveries, redactor, recorder, clock, handling::handle);
    handling.resume();
    return new Webhooks(current, messages, deliveries, handling, intake, queue);
  }

  /** From now on requests and deliveries are handled by these settings. */
  public void changeTo(WebhookSettings changed) {
    settings.set(changed);
    changed.notices().forEach(messages);
  }

  /** The signature check of a provider, when it has a secret now. */
  public Optional<Signature> signatureOf(String provider) {
    return settings.get().provider(provider).map(Provider::signature);
  }

  /** Takes one request; see {@link DeliveryIntake#receive}. */
  public Receipt receive(String provider, Headers headers, byte[] body) {
    return intake.receive(provider, headers, body);
  }

  /** The names of the providers that have a secret. */
  public List<String> providers() {
    return settings.get().providers().stream().map(Provider::name).toList();
  }

  /**
   * Why deliveries cannot be kept, or tasks not be queued, now; nothing when both can. Tries it, at
   * most every other second; blocks for disk and network.
   */
  public synchronized Optional<String> complaint() {
    long now = System.nanoTime();
    if (tried == 0 || now - tried > TRIALS.toNanos()) {
      complaint = deliveries.complaint(true).or(this::queueComplaint);
      tried = System.nanoTime();
    }
    return complaint;
  }

  private Optional<String> queueComplaint() {
    try {
      queue.origin();
      return Optional.empty();
    } catch (QueueException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  public DeliveryIntake.Counts counts() {
    return intake.counts();
  }

  /** Waits until everything that was begun is handled; true when it is. */
  public boolean awaitIdle(Duration most) throws InterruptedException {
    return handling.awaitIdle(most);
  }

  @Override
  public void close() {
    handling.close();
    deliveries.close();
  }
}
