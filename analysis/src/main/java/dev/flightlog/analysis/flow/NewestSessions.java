package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the sessions heard of last, from the newest event backwards, so that it costs as much as is
 * shown and not as much as there is.
 */
final class NewestSessions {
  private static final Filter IN_A_SESSION = Filter.not(Filter.absent(Events.SESSION));

  /** How far it looks back, in hours, before it looks at everything. */
  private static final int[] HOURS = {1, 6, 24, 7 * 24, 30 * 24};

  private NewestSessions() {}

  /**
   * Their ids, the last heard of first.
   *
   * @param most how many at the most
   */
  static List<String> of(Selection selection, int most) {
    if (selection.events() == 0) {
      return List.of();
    }
    for (int hours : HOURS) {
      long since = Span.HOUR.startOf(selection.last()) - (hours - 1) * Span.HOUR.micros();
      if (since <= selection.first()) {
        break;
      }
      // Whoever is among the newest has an event in the time in which enough others have one.
      List<Group> heard = heard(selection, Filter.and(Filter.since(since), IN_A_SESSION));
      if (heard.size() >= most) {
        return ids(heard, most);
      }
    }
    return ids(heard(selection, IN_A_SESSION), most);
  }

  private static List<Group> heard(Selection selection, Filter of) {
    return selection.group(of, List.of(Events.BY_SESSION), List.of(Measures.LAST));
  }

  private static List<String> ids(List<Group> heard, int most) {
    List<Group> all = new ArrayList<>(heard);
    all.sort(
        Comparator.comparingLong((Group g) -> -g.count(Measures.LAST))
            .thenComparing(g -> String.valueOf(g.text(Events.BY_SESSION))));
    return all.stream()
        .limit(most)
        .map(group -> String.valueOf(group.text(Events.BY_SESSION)))
        .toList();
  }
}
