package dev.flightlog.webhooks;

import dev.flightlog.recorder.FlightRecorder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records requests that were refused: two stages each, and nothing of the body. Their events are
 * keyed by a name of our own, because the id that such a request claims may be another delivery's.
 * More than {@link #MOST_A_MINUTE} are counted, and told with the next one that is recorded, so
 * that nobody fills the journal from outside.
 */
final class Refusals {
  static final int MOST_A_MINUTE = 60;

  private final FlightRecorder recorder;
  private final InstantSource clock;
  private long minute = Long.MIN_VALUE;
  private int recorded;
  private long unrecorded;

  Refusals(FlightRecorder recorder, InstantSource clock) {
    this.recorder = recorder;
    this.clock = clock;
  }

  void record(String provider, Instant received, Refusal refusal, String reason, int bytes) {
    Instant now = clock.instant();
    long untold = admit(now);
    if (untold < 0) {
      return;
    }
    String id = "refused-" + UUID.randomUUID();
    String key = "delivery:" + provider + ":" + id + ":";
    Map<String, @Nullable Object> first = new LinkedHashMap<>();
    first.put("body_bytes", bytes);
    recorder.log(
        new Stage(Stage.RECEIVED, received, Duration.ZERO, true, first)
            .event(key + Stage.RECEIVED, provider, id, null));
    Map<String, @Nullable Object> second = new LinkedHashMap<>();
    second.put("status", "failed");
    second.put("refusal", refusal.word());
    second.put("reason", reason);
    if (untold > 0) {
      second.put("more_refused", untold);
    }
    recorder.log(
        Stage.of(Stage.VALIDATION, received, now, false, second)
            .event(key + Stage.VALIDATION, provider, id, null));
  }

  /** How many were not recorded since the last that was; negative when this one is not either. */
  private synchronized long admit(Instant now) {
    long current = now.getEpochSecond() / 60;
    if (current != minute) {
      minute = current;
      recorded = 0;
    }
    if (recorded >= MOST_A_MINUTE) {
      unrecorded++;
      return -1;
    }
    recorded++;
    long untold = unrecorded;
    unrecorded = 0;
    return untold;
  }
}
