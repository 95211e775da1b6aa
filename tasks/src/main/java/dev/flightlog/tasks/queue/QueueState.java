package dev.flightlog.tasks.queue;

import java.util.Locale;
import java.util.Optional;

/** Where an entry of the queue is; its word is the name in lower case. */
public enum QueueState {
  /** Waits to be taken; perhaps not before a moment. */
  READY,
  /** Somebody holds its lease, or held it when it ended. */
  TAKEN,
  /** It failed too often, and waits for a person. */
  PARKED,
  /** Cancelled or finished. Stays known, so that a repeated push changes nothing. */
  DONE;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<QueueState> of(String word) {
    for (QueueState state : values()) {
      if (state.word().equals(word)) {
        return Optional.of(state);
      }
    }
    return Optional.empty();
  }
}
