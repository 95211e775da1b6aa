package dev.flightlog.importer.bytes;

/** How reading something to its end went. */
public sealed interface ReadResult {
  /** It was read to its end. */
  ReadResult WHOLE = new Whole();

  /** See {@link #WHOLE}. */
  record Whole() implements ReadResult {}

  /**
   * Not to its end; what was read counts.
   *
   * @param reason a sentence for people
   */
  record Unread(String reason) implements ReadResult {}
}
