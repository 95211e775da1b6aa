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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Judges requests and keeps those that are right. The order is: size, signature, then anything
 * else; nothing of a body is looked at, or kept, before its signature was right. What is answered
 * with 200 is on disk.
 *
 * <p>Safe for any number of threads. A call blocks until the disk has the delivery.
 */
public final class Intake {
  /** The most bytes of a body. */
  public static final int MOST_BYTES = 20 << 20;

  private static final Duration RETRY = Duration.ofSeconds(5);

  private final Map<String, Provider> providers = new TreeMap<>();
  private final Deliveries deliveries;
  private final Redactor redactor;
  private final InstantSource clock;
  private final LongConsumer next;
  private final Refusals refusals;
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /**
   * @param next is told the place of every new delivery; must not block
   */
  public Intake(
      List<Provider> providers,
      Deliveries deliveries,
      Redactor redactor,
      FlightRecorder recorder,
      InstantSource clock,
      LongConsumer next) {
    providers.forEach(each -> this.providers.put(each.name(), each));
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
  public Answer receive(String name, Headers headers, byte[] body) {
    Instant received = clock.instant();
    Provider provider = providers.get(name);
    if (provider == null) {
      refused.incrementAndGet();
      return Answer.refused(404, "no provider of this name has a secret");
    }
    if (body.length > MOST_BYTES) {
      return refuse(provider, received, 413, "a body has at most " + MOST_BYTES + " bytes", body);
    }
    Verdict verdict = provider.signature().verify(headers, body, received);
    String refusal = verdict.refusal();
    if (refusal != null) {
      return refuse(provider, received, 401, refusal, body);
    }
    String bodyHash = Sha256.hex(body);
    try {
      byte[] json = Bodies.json(headers, body);
      JsonNode parsed = Bodies.parse(json);
      Identity identity = provider.identify(headers, parsed, bodyHash);
      Delivery delivery =
          new Delivery(
              name,
              identity.id(),
              identity.event(),
              bodyHash,
              received,
              clock.instant(),
              redacted(json));
      return keep(delivery, identity.challenge());
    } catch (RefusedException e) {
      return refuse(provider, received, e.status(), e.reason(), body);
    }
  }

  private Answer keep(Delivery delivery, @Nullable String challenge) {
    Deliveries.Kept kept;
    try {
      kept = deliveries.keep(delivery);
    } catch (DeliveriesException e) {
      return Answer.later(
          e.isOverload()
              ? String.valueOf(e.getMessage())
              : "the delivery could not be kept: look at the server's log, then send it again",
          RETRY);
    }
    (kept.isNew() ? accepted : duplicates).incrementAndGet();
    if (kept.isNew()) {
      next.accept(kept.seq());
    }
    return challenge != null
        ? Answer.challenge(challenge)
        : Answer.kept(delivery.id(), kept.isNew());
  }

  private Answer refuse(
      Provider provider, Instant received, int status, String reason, byte[] body) {
    refused.incrementAndGet();
    refusals.record(provider.name(), received, status, reason, body.length);
    return Answer.refused(status, reason);
  }

  private byte[] redacted(byte[] json) {
    RedactionBuffer buffer = new RedactionBuffer();
    return redactor.redact(json, 0, json.length, buffer)
        ? Arrays.copyOf(buffer.array(), buffer.length())
        : json;
  }
}
