package dev.flightlog.store;

/**
 * A place in a store's order of arrival. Its text can be kept anywhere, for any time, and given to
 * the same store again in another process; what stands in it is the store's own affair.
 *
 * @param text opaque; empty only for {@link #BEGINNING}
 */
public record Cursor(String text) {
  /** Before everything that was ever kept. */
  public static final Cursor BEGINNING = new Cursor("");

  @Override
  public String toString() {
    return text;
  }
}
