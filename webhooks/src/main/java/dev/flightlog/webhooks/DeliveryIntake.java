package dev.flightlog.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flightlog.event.files.Sha256;
import dev.flightlog.event.redaction.RedactionBuffer;
import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.recorder.FlightRecorder;
import dev.flightlog.webhooks.provider.Identity;
import dev.flightlog.webhooks.provider.Provider;
import dev.flightlog.webhooks.provider.RefusedException;
import dev.flightlog.webhooks.signature.Headers;
import dev.flightlog.webhooks.signature.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Judges requests and keeps those that are right. The order is: size, signature, then anything
 * else; nothing of a body is looked at, or kept, before its signature was right. What is told to be
 * kept is on disk.
 *
 * <p>Safe for any number of threads. A call blocks until the disk has the delivery.
 */
public final class DeliveryIntake {
  /** The most bytes of a body. */
  public static final int MOST_BYTES = 20 << 20;

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Supplier<WebhookSettings> settings;
  private final Deliveries deliveries;
  private final Redactor redactor;
  private final InstantSource clock;
  private final LongConsumer next;
  private final Refusals refusals;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /**
   * @param settings as they are now; asked for every request
   * @param next is told the place of every new delivery; must not block
   */
  public DeliveryIntake(
      Supplier<WebhookSettings> settings,
      Deliveries deliveries,
      Redactor redactor,
      FlightRecorder recorder,
      InstantSource clock,
      LongConsumer next) {
    this.settings = settings;
    this.deliveries = deliveries;
    this.redactor = redactor;
    this.clock = clock;
    this.next = next;
    refusals = new Refusals(recorder, clock);
  }

  /** What came in since the start. */
  public record Counts(long accepted, long duplicates, long refused) {}

  public Counts counts() {
    return new Counts(accepted.get(), duplicates.get(), refused.get());
  }

  /**
   * Takes one request.
   *
   * @param name the last segment of its path
   * @param body as it was sent; not changed
   */
  public Receipt receive(String name, Headers headers, byte[] body) {
    Instant received = clock.instant();
    Provider provider = settings.get().provider(name).orElse(null);
    if (provider == null) {
      refused.incrementAndGet();
      return new Receipt.Refused(Refusal.UNKNOWN_PROVIDER, "no provider of this name has a secret");
    }
    if (body.length > MOST_BYTES) {
      String reason = "a body has at most " + MOST_BYTES + " bytes";
      return refuse(provider, received, Refusal.TOO_LARGE, reason, body);
    }
    return switch (provider.signature().verify(headers, body, received)) {
      case Verdict.Wrong wrong ->
          refuse(provider, received, Refusal.UNSIGNED, wrong.reason(), body);
      case Verdict.Right right -> signed(provider, received, headers, body);
    };
  }

  private Receipt signed(Provider provider, Instant received, Headers headers, byte[] body) {
    String bodyHash = Sha256.hex(body);
    try {
      byte[] json = BodyForm.json(headers, body);
      JsonNode parsed = BodyForm.parse(json);
      Identity identity = provider.identify(headers, parsed, bodyHash);
      Delivery delivery =
          new Delivery(
              provider.name(),
              identity.id(),
              identity.event(),
              bodyHash,
              received,
              clock.instant(),
              redacted(json));
      return keep(delivery, identity.challenge());
    } catch (RefusedException e) {
      Refusal refusal = e.isUnknownForm() ? Refusal.UNKNOWN_FORM : Refusal.MALFORMED;
      return refuse(provider, received, refusal, e.reason(), body);
    }
  }

  private Receipt keep(Delivery delivery, Optional<String> challenge) {
    Deliveries.Kept kept;
    try {
      kept = deliveries.keep(delivery);
    } catch (DeliveriesException e) {
      return new Receipt.Later(
          e.isOverload()
              ? String.valueOf(e.getMessage())
              : "the delivery could not be kept: look at the server's log, then send it again",
          RETRY);
    }
    (kept.isNew() ? accepted : duplicates).incrementAndGet();
    if (kept.isNew()) {
      next.accept(kept.seq());
    }
    return challenge.isPresent()
        ? new Receipt.Challenged(challenge.get())
        : new Receipt.Kept(delivery.id(), kept.isNew());
  }

  private Receipt refuse(
      Provider provider, Instant received, Refusal refusal, String reason, byte[] body) {
    refused.incrementAndGet();
    refusals.record(provider.name(), received, refusal, reason, body.length);
    return new Receipt.Refused(refusal, reason);
  }

  private byte[] redacted(byte[] json) {
    RedactionBuffer buffer = new RedactionBuffer();
    return redactor.redact(json, 0, json.length, buffer)
        ? Arrays.copyOf(buffer.array(), buffer.length())
        : json;
  }
}
