package dev.flightlog.patterns.digest;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Changes;
import dev.flightlog.store.Cursor;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which sessions changed since a moment. Stateless; blocks and fails as the store does. */
final class SessionChanges {
  /** Changes that are asked for at once. */
  private static final int AT_ONCE = 2_000;

  /** The same where each request has a way to go. */
  private static final int MORE_AT_ONCE = 10_000;

  private SessionChanges() {}

  /**
   * What was found by {@link #some}.
   *
   * @param next the place behind it
   * @param forgotten whether events were forgotten, of which nobody knows the sessions
   * @param more whether there is more behind it
   */
  record Some(Cursor next, boolean forgotten, boolean more) {}

  /**
   * Collects the sessions of some of what arrived or changed; of so many changes at least, if there
   * are. Null when the place is not known any more.
   */
  static @Nullable Some some(
      Cursor after, Set<String> touched, int least, Filter wanted, EventStore store) {
    Cursor at = after;
    boolean forgotten = false;
    int followed = 0;
    while (true) {
      switch (store.changes(at, wanted, Math.min(least + 1, MORE_AT_ONCE))) {
        case Changes.Unknown unknown -> {
          return null;
        }
        case Changes.Page page -> {
          forgotten |= !page.forgotten().isEmpty();
          followed += page.events().size();
          collect(page, touched);
          at = page.next();
          if (!page.more() || followed > least) {
            return new Some(at, forgotten, page.more());
          }
        }
      }
    }
  }

  private static void collect(Changes.Page page, Set<String> touched) {
    for (Event event : page.events()) {
      String session = event.text(Field.SESSION_ID);
      if (session != null) {
        touched.add(session);
      }
    }
  }

  /**
   * Collects the sessions of what arrived or changed; gives the place behind it, or null when that
   * is not enough to know what changed, or when it is more than that.
   */
  static @Nullable Cursor follow(
      Cursor after, Set<String> touched, long limit, Filter wanted, EventStore store) {
    Cursor at = after;
    long followedEvents = 0;
    while (true) {
      // No switch over types: each makes a class in a new process.
      if (!(store.changes(at, wanted, AT_ONCE) instanceof Changes.Page page)) {
        return null;
      }
      followedEvents += page.events().size();
      if (!page.forgotten().isEmpty() || followedEvents > limit) {
        return null;
      }
      collect(page, touched);
      at = page.next();
      if (!page.more()) {
        return at;
      }
    }
  }
}
