package dev.flightlog.formats.reading;

import dev.flightlog.event.redaction.Redactor;
import dev.flightlog.formats.occurrence.Projects;
import dev.flightlog.formats.occurrence.Stories;
import dev.flightlog.formats.usage.Prices;
import org.jspecify.annotations.Nullable;

/**
 * What all readers of one import share. Immutable.
 *
 * @param story the story of every event that has none of its own, or null
 * @param keptBytes how much of the head and of the tail of a long text is kept, each; 0 for nothing
 *     of any content
 * @param projects which project a folder belongs to
 */
public record ReaderSettings(
    Redactor redactor, @Nullable String story, int keptBytes, Prices prices, Projects projects) {
  /** Of every text, everything is kept. */
  public static final int EVERYTHING = Integer.MAX_VALUE / 4;

  /** Texts of one reader. */
  public Texts texts() {
    return new Texts(redactor, keptBytes);
  }

  /** How the story of an event is found. */
  public Stories stories() {
    return new Stories(story);
  }
}
