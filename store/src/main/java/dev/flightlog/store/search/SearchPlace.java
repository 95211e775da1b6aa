package dev.flightlog.store.search;

/**
 * Where something stands in an event.
 *
 * @param path of the text, as {@link EventTexts.Visitor} tells it
 * @param text the whole text as the store keeps it
 * @param start where in it, in characters
 * @param end behind it
 */
public record SearchPlace(String path, String text, int start, int end) {
  /** What was found, as it is written there. */
  public String found() {
    return text.substring(start, end);
  }
}
