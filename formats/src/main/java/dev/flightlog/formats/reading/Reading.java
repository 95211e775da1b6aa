package dev.flightlog.formats.reading;

/** What became of a record. */
public sealed interface Reading {
  /** It is known; it made occurrences, or rightly none. */
  record Known() implements Reading {}

  /**
   * It is well formed, and of no known kind.
   *
   * @param kind by which it is counted, such as the value of its {@code type}
   */
  record Unknown(String kind) implements Reading {}

  /** It is no record; then nothing was made of it. */
  record Refused(String reason) implements Reading {}

  Reading KNOWN = new Known();
  Reading INCOMPLETE = new Refused("not a complete record");

  /** A record of this unknown kind; a missing one is named, too. */
  static Reading unknown(@org.jspecify.annotations.Nullable String kind) {
    String name = kind == null || kind.isBlank() ? "no type" : kind.strip();
    return new Unknown(name.length() > 80 ? name.substring(0, 80) : name);
  }
}
