package dev.flightlog.analysis.runs;

import dev.flightlog.event.Event;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far a run is, from its beginnings and ends in their order: several processes may work in one,
 * and one that is opened again after a crash goes on. For one thread.
 */
final class RunMarks {
  private final Map<String, Integer> openIn = new HashMap<>();
  private boolean failed;
  private @Nullable String model;
  private @Nullable Long started;
  private @Nullable Long ended;

  void add(Event event) {
    String process = String.valueOf(event.details().get("pid"));
    switch (event.eventType()) {
      case RunEvents.STARTED -> {
        if (Boolean.TRUE.equals(event.details().get("first"))) {
          // Nobody had it open any more, whatever was told of them.
          openIn.clear();
        }
        openIn.merge(process, 1, Integer::sum);
        started = started == null ? (Long) event.micros() : started;
      }
      case RunEvents.FINISHED -> {
        openIn.computeIfPresent(process, (_, count) -> count > 1 ? count - 1 : null);
        failed |= "failed".equals(event.detail("status"));
        ended = event.micros();
      }
      case RunEvents.MODEL -> model = event.detail("model");
      default -> {
        // Nothing that tells how far it is.
      }
    }
  }

  @Nullable String model() {
    return model;
  }

  @Nullable Long started() {
    return started;
  }

  /** The last of its ends; null while it is open. */
  @Nullable Long ended() {
    return openIn.isEmpty() ? ended : null;
  }

  boolean failed() {
    return failed;
  }
}
