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

  private SessionChanges() {}

  /**
   * Collects the sessions of what arrived or changed; gives the place behind it, or null when that
   * is not enough to know what changed, or when it is more than that.
   */
  static @Nullable Cursor follow(
      Cursor after, Set<String> touched, long limit, Filter wanted, EventStore store) {
    Cursor at = after;
    long followedEvents = 0;
    while (true) {
      switch (store.changes(at, wanted, AT_ONCE)) {
        case Changes.Unknown unknown -> {
          return null;
        }
        case Changes.Page page -> {
          followedEvents += page.events().size();
          if (!page.forgotten().isEmpty() || followedEvents > limit) {
            return null;
          }
          for (Event event : page.events()) {
            String session = event.text(Field.SESSION_ID);
            if (session != null) {
              touched.add(session);
            }
          }
          at = page.next();
          if (!page.more()) {
            return at;
          }
        }
      }
    }
  }
}
