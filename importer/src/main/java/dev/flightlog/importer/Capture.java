package dev.flightlog.importer;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much of long texts (tool input and output, prompts) the index keeps. */
public enum Capture {
  /** Everything. */
  FULL,
  /** Head and tail; the whole can be read from the source while it exists. */
  HEAD,
  /** Nothing: only names, times, counts and classes. */
  NONE;

  /** The capture with this name in any case, or null when there is none. */
  public static @Nullable Capture of(String name) {
    for (Capture capture : values()) {
      if (capture.name().equals(name.toUpperCase(Locale.ROOT))) {
        return capture;
      }
    }
    return null;
  }
}
