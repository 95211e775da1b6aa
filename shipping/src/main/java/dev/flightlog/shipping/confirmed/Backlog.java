package dev.flightlog.shipping.confirmed;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a shared store has not confirmed yet.
 *
 * @param files that hold such
 * @param bytes of them
 * @param events lines of journals and transcripts; of packed files and databases none is counted
 * @param oldest when the oldest of it was written; null when nothing waits
 * @param confirmed when everything that was there had been confirmed; null when that never was
 * @param problem why nothing was taken when it was last tried; empty when all was well
 */
public record Backlog(
    long files,
    long bytes,
    long events,
    @Nullable Instant oldest,
    @Nullable Instant confirmed,
    String problem) {

  /** How long the oldest of it has waited; none when nothing waits. */
  public Duration age(Instant now) {
    return oldest == null || now.isBefore(oldest) ? Duration.ZERO : Duration.between(oldest, now);
  }
}
