package dev.flightlog.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a store that counts its arrivals writes its cursors; a help for stores.
 *
 * @param feed names the order of arrival; another one when the store is made anew
 * @param place the number of the last arrival before the cursor
 * @param begun the number of the last arrival when whoever follows was at {@link Cursor#BEGINNING}:
 *     what was forgotten up to there was never told to it, so it need not be told that it is gone
 */
public record ArrivalCursor(String feed, long place, long begun) {
  private static final Pattern FORM =
      Pattern.compile("([^.]*)\\.([0-9]{1,18})(?:\\.([0-9]{1,18}))?");

  public Cursor cursor() {
    return new Cursor(feed + "." + place + (begun > place ? "." + begun : ""));
  }

  /** The same, further on. */
  public ArrivalCursor at(long next) {
    return new ArrivalCursor(feed, next, begun);
  }

  /** Whether whoever follows may know an event that was forgotten at this place. */
  public boolean tellsOfForgotten(long forgottenAt) {
    return forgottenAt > Math.max(place, begun);
  }

  /**
   * Reads a cursor.
   *
   * @param last the number of the last arrival
   * @return null when it is of another feed, ahead of the last arrival, or no cursor
   */
  public static @Nullable ArrivalCursor of(Cursor cursor, String feed, long last) {
    if (cursor.equals(Cursor.BEGINNING)) {
      return new ArrivalCursor(feed, 0, last);
    }
    Matcher form = FORM.matcher(cursor.text());
    if (!form.matches() || !form.group(1).equals(feed)) {
      return null;
    }
    long place = Long.parseLong(form.group(2));
    long begun = form.group(3) == null ? 0 : Long.parseLong(form.group(3));
    return place > last ? null : new ArrivalCursor(feed, place, begun);
  }
}
