package dev.flightlog.store;

/**
 * What became of the rows of an append; the four add up to them.
 *
 * @param inserted new ids
 * @param merged ids already kept to which the row added something
 * @param unchanged ids already kept to which the row added nothing
 * @param setAside later parts that wait for their beginning
 */
public record Appended(long inserted, long merged, long unchanged, long setAside) {
  public static final Appended NOTHING = new Appended(0, 0, 0, 0);

  public Appended plus(Appended other) {
    return new Appended(
        inserted + other.inserted,
        merged + other.merged,
        unchanged + other.unchanged,
        setAside + other.setAside);
  }
}
