package dev.flightlog.store;

/**
 * What became of the rows of an append; the five add up to them.
 *
 * @param inserted new ids
 * @param merged ids already kept to which the row added something
 * @param unchanged ids already kept to which the row added nothing
 * @param setAside later parts that wait for their beginning
 * @param forgotten rows that were left out because of a {@link EventStore#forget}
 */
public record Appended(long inserted, long merged, long unchanged, long setAside, long forgotten) {
  public static final Appended NOTHING = new Appended(0, 0, 0, 0);

  /** Of which nothing was forgotten. */
  public Appended(long inserted, long merged, long unchanged, long setAside) {
    this(inserted, merged, unchanged, setAside, 0);
  }

  public Appended plus(Appended other) {
    return new Appended(
        inserted + other.inserted,
        merged + other.merged,
        unchanged + other.unchanged,
        setAside + other.setAside,
        forgotten + other.forgotten);
  }
}
