package dev.flightlog.analysis.ask;

import dev.flightlog.event.Event;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import java.util.List;

/**
 * Reads the newest events of a rare kind without looking at all events: backwards from the last of
 * them in windows that grow, as long as no window holds more than {@value #MOST_LOOKED_AT} events
 * of any kind. So what it finds may be fewer than there are, and whoever uses it says of how many.
 */
public final class Newest {
  private static final long MOST_LOOKED_AT = 20_000;

  private Newest() {}

  /**
   * The newest first.
   *
   * @param filter what counts cheaply: type, tool, category and the like
   * @param most how many at the most
   */
  public static List<Event> of(Selection selection, Filter filter, int most) {
    Group found = selection.measure(filter, Measures.EVENTS, Measures.LAST);
    if (found.count(Measures.EVENTS) == 0) {
      return List.of();
    }
    ReadRequest all = ReadRequest.newestFirst(selection.and(filter)).limit(most);
    if (selection.events() <= MOST_LOOKED_AT) {
      return selection.store().read(all).finish(all);
    }
    long last = found.count(Measures.LAST);
    long end = last + 1;
    long hour = Span.HOUR.startOf(last);
    long from = hour;
    for (long hours = 1; hours <= 24 * 366; hours *= 4) {
      long begin = hour - (hours - 1) * Span.HOUR.micros();
      Filter window = new Filter.Time(begin, hour + Span.HOUR.micros());
      if (begin < selection.first() - 4 * hours * Span.HOUR.micros()
          || selection.count(window) > MOST_LOOKED_AT) {
        break;
      }
      from = begin;
      if (selection.count(Filter.and(filter, window)) >= most) {
        break;
      }
    }
    ReadRequest newest =
        ReadRequest.newestFirst(selection.and(Filter.and(filter, new Filter.Time(from, end))))
            .limit(most);
    return selection.store().read(newest).finish(newest);
  }
}
