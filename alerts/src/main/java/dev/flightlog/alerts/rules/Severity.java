package dev.flightlog.alerts.rules;

import java.util.Locale;
import java.util.Optional;

/** How much a condition matters. */
public enum Severity {
  /** Somebody should look at it today. */
  WARNING,
  /** Somebody should look at it now. */
  CRITICAL;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Severity> of(String word) {
    for (Severity severity : values()) {
      if (severity.word().equals(word)) {
        return Optional.of(severity);
      }
    }
    return Optional.empty();
  }
}
