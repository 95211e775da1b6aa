package dev.flightlog.tasks.folder;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was asked, and what its source told about it; the content of {@code 01-input.json}.
 * Immutable.
 *
 * @param message the text for the agent
 * @param sourceMetadata in the order in which it is written; values as JSON has them
 */
public record TaskInput(String message, Map<String, @Nullable Object> sourceMetadata) {
  // Written out: a compact constructor's class file does not say that the values may be null.
  public TaskInput(String message, Map<String, @Nullable Object> sourceMetadata) {
    this.message = message;
    this.sourceMetadata = Collections.unmodifiableMap(new LinkedHashMap<>(sourceMetadata));
  }
}
