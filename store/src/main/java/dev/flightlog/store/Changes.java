package dev.flightlog.store;

import dev.flightlog.event.Event;
import java.util.List;

/** What {@link EventStore#changes} found behind a cursor. */
public sealed interface Changes {

  /**
   * Some changes, in the order of their arrival. An event that changed is here as it is now, and
   * only at the place of its last change: so whoever goes on from cursor to cursor meets the latest
   * state of every event, and no state twice.
   *
   * @param events new, or changed by a merge
   * @param forgotten ids of events that were removed by {@link EventStore#forget} since whoever
   *     follows was at {@link Cursor#BEGINNING}, whatever the filter; none of them is among the
   *     events, or will be later
   * @param next where to go on; keep it together with what was made of the events
   * @param more true when there is something behind {@code next} already
   * @param places where each of the events stands
   */
  record Page(List<Event> events, List<String> forgotten, Cursor next, boolean more, Places places)
      implements Changes {
    public Page {
      events = List.copyOf(events);
      forgotten = List.copyOf(forgotten);
    }
  }

  /**
   * For whoever hands the events of a page on one by one, and may be stopped between two of them.
   */
  @FunctionalInterface
  interface Places {
    /**
     * The place directly behind one of the events: who goes on there has this event, those before
     * it in the page, and was told all that the page says is forgotten.
     *
     * @param event its index in the page
     */
    Cursor behind(int event);
  }

  /**
   * The cursor is of another order of arrival: that of a store that was built anew or replaced
   * since, or no cursor at all. Begin again at {@link Cursor#BEGINNING}, or at {@link
   * EventStore#latest}.
   *
   * @param why one sentence for a person
   */
  record Unknown(String why) implements Changes {}
}
