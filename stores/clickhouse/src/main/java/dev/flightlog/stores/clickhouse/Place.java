package dev.flightlog.stores.clickhouse;

import dev.flightlog.store.Cursor;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the order of arrival: when the block came, by the clock of the server that took it;
 * where in the block; which id.
 */
record Place(long arrival, long number, String id) implements Comparable<Place> {
  /** Before everything. */
  static final Place NONE = new Place(0, 0, "");

  private static final Comparator<Place> ORDER =
      Comparator.comparingLong(Place::arrival)
          .thenComparingLong(Place::number)
          .thenComparing(Place::id);

  @Override
  public int compareTo(Place other) {
    return ORDER.compare(this, other);
  }

  /**
   * Where someone who follows stands.
   *
   * @param begun the arrival behind which it is told of what is forgotten
   */
  record Follower(Place place, long begun) {
    private static final Pattern FORM =
        Pattern.compile("([^.]*)\\.(\\d{1,18})\\.(\\d{1,18})\\.(\\d{1,10})\\.(.*)", Pattern.DOTALL);

    Cursor cursor(String feed) {
      return new Cursor(
          feed
              + "."
              + (begun > place.arrival ? begun : 0)
              + "."
              + place.arrival
              + "."
              + place.number
              + "."
              + place.id);
    }

    Follower at(Place next) {
      return new Follower(next, begun);
    }

    /** Reads a cursor; null when it is of another feed, or none. */
    static @Nullable Follower of(Cursor cursor, String feed) {
      Matcher form = FORM.matcher(cursor.text());
      if (!form.matches() || !form.group(1).equals(feed)) {
        return null;
      }
      long number = Long.parseLong(form.group(4));
      Place place = new Place(Long.parseLong(form.group(3)), number, form.group(5));
      return new Follower(place, Long.parseLong(form.group(2)));
    }
  }
}
