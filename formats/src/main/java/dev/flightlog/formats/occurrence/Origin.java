package dev.flightlog.formats.occurrence;

/**
 * When something happened, to whom it belongs, and where its record stands.
 *
 * @param time microseconds since 1970
 * @param timed false when the source tells no time; then {@code time} only keeps the order
 * @param offset where the record begins in the decompressed stream
 * @param length of the record in bytes; 0 when it stands nowhere
 * @param step the number that the source gives it, or -1
 */
public record Origin(long time, boolean timed, Attribution of, long offset, int length, long step) {

  /** With no step. */
  public Origin(long time, boolean timed, Attribution of, long offset, int length) {
    this(time, timed, of, offset, length, -1);
  }

  /** Two reports of one thing: the earlier time, and what either knows. */
  public Origin joined(Origin other) {
    return new Origin(
        Math.min(time, other.time),
        timed && other.timed,
        of.joined(other.of),
        offset,
        length,
        step);
  }

  /** The same, by another agent. */
  public Origin by(@org.jspecify.annotations.Nullable String agent) {
    return new Origin(time, timed, of.by(agent), offset, length, step);
  }

  /** The same, at a time that is known. */
  public Origin at(long micros) {
    return new Origin(micros, true, of, offset, length, step);
  }

  /** The same, at this step. */
  public Origin step(long number) {
    return new Origin(time, timed, of, offset, length, number);
  }
}
