package dev.flightlog.event.json;

/**
 * A number that fits neither a {@code long} nor a finite {@code double} without becoming another
 * one, such as {@code 1e999}. It is kept as it is written and is deliberately no {@link Number}: no
 * sum and no comparison takes a clamped value for it.
 *
 * @param text the number as JSON writes it, at most {@value JsonReader#MAX_NUMBER_LENGTH}
 *     characters
 */
public record JsonNumber(String text) {
  @Override
  public String toString() {
    return text;
  }
}
