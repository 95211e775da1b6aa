package dev.flightlog.webhooks;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.tasks.folder.TaskFolders;
import dev.flightlog.tasks.queue.TaskQueue;
import dev.flightlog.webhooks.provider.Provider;
import dev.flightlog.webhooks.signature.Headers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * All of it, for whoever serves: takes requests, keeps them in {@link #FILE}, and handles them in
 * the background, what earlier processes have left first. Safe for any thread.
 */
public final class Webhooks implements AutoCloseable {
  /** The file in the home that keeps deliveries. */
  public static final String FILE = "deliveries.db";

  private final WebhookSettings settings;
  private final Deliveries deliveries;
  private final Handling handling;
  private final Intake intake;

  private Webhooks(
      WebhookSettings settings, Deliveries deliveries, Handling handling, Intake intake) {
    this.settings = settings;
    this.deliveries = deliveries;
    this.handling = handling;
    this.intake = intake;
  }

  /**
   * Opens the deliveries of a home and takes up those that are not handled. Folders, queue and
   * recorder stay open when this is closed.
   *
   * @throws DeliveriesException when the file cannot be opened
   */
  public static Webhooks open(
      Path home,
      WebhookSettings settings,
      Redactor redactor,
      FlightRecorder recorder,
      TaskFolders folders,
      TaskQueue queue,
      InstantSource clock) {
    Deliveries deliveries = Deliveries.open(home.resolve(FILE));
    Handling handling =
        new Handling(
            settings.providers(),
            settings.responders(),
            deliveries,
            folders,
            queue,
            recorder,
            clock);
    Intake intake =
        new Intake(settings.providers(), deliveries, redactor, recorder, clock, handling::handle);
    handling.resume();
    return new Webhooks(settings, deliveries, handling, intake);
  }

  /** Takes one request; see {@link Intake#receive}. */
  public Answer receive(String provider, Headers headers, byte[] body) {
    return intake.receive(provider, headers, body);
  }

  /** The names of the providers that have a secret. */
  public List<String> providers() {
    return settings.providers().stream().map(Provider::name).toList();
  }

  public Intake.Counts counts() {
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
