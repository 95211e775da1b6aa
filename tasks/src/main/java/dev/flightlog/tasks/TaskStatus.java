package dev.flightlog.tasks;

import java.util.Locale;
import java.util.Optional;

/** Where a task is. The word in files and answers is the name in lower case. */
public enum TaskStatus {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /** It failed too often, and waits for a person. */
  PARKED;

  /** The word in files, events, and answers. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** True when nothing will happen any more unless somebody asks for it. */
  public boolean isFinal() {
    return this != QUEUED && this != RUNNING;
  }

  public static Optional<TaskStatus> of(String word) {
    for (TaskStatus status : values()) {
      if (status.word().equals(word)) {
        return Optional.of(status);
      }
    }
    return Optional.empty();
  }
}
