package dev.flightlog.store;

import dev.flightlog.event.EventBatch;
import java.util.List;

/**
 * Rows and the positions up to which their sources are read now: kept together or not at all. The
 * batch is the caller's again when {@link EventStore#append} returns.
 */
public record Append(EventBatch events, List<Mark> marks) {
  public Append {
    marks = List.copyOf(marks);
  }

  public Append(EventBatch events) {
    this(events, List.of());
  }
}
