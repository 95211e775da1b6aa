package dev.flightlog.analysis.flow;

import dev.flightlog.analysis.ask.Events;
import dev.flightlog.analysis.ask.Group;
import dev.flightlog.analysis.ask.Measures;
import dev.flightlog.analysis.ask.Selection;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Dimension;
import dev.flightlog.store.Dimension.Span;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.store.RolledUp;
import dev.flightlog.wording.Order;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the sessions heard of last, from the newest event backwards, so that it costs as much as is
 * shown and not as much as there is. How far back enough of them lie is told by sums, where the
 * selection is of what these know.
 */
final class NewestSessions {
  private static final Filter IN_A_SESSION = Filter.not(Filter.absent(Events.SESSION));

  /** How far it looks back, in hours, before it looks at everything. */
  private static final int[] HOURS = {1, 6, 24, 7 * 24, 30 * 24};

  private final Selection selection;
  private final int most;

  private NewestSessions(Selection selection, int most) {
    this.selection = selection;
    this.most = most;
  }

  /**
   * Their ids, the last heard of first.
   *
   * @param most how many at the most
   */
  static List<String> of(Selection selection, int most) {
    return selection.events() == 0 ? List.of() : new NewestSessions(selection, most).ids();
  }

  private List<String> ids() {
    if (selection.sessions() < most) {
      return ids(heard(IN_A_SESSION));
    }
    return isRolledUp() ? idsBySums() : idsByEvents();
  }

  private List<String> idsBySums() {
    long hours = hoursBySums();
    List<Group> heard = heard(since(hours));
    while (heard.size() < most && since(hours) > selection.first()) {
      hours *= 2;
      heard = heard(since(hours));
    }
    return ids(heard);
  }

  /** Of the hours before the last event so many as enough sessions were probably heard of in. */
  private long hoursBySums() {
    for (Span span : List.of(Span.HOUR, Span.DAY)) {
      long spans = span == Span.HOUR ? 24 : 64;
      Dimension by = Dimension.by(span);
      long since = span.startOf(selection.last()) - (spans - 1) * span.micros();
      List<Group> each =
          new ArrayList<>(
              selection.group(Filter.since(since), List.of(by), List.of(Measures.SESSIONS)));
      each.sort(Order.comparingLong((Group group) -> -group.start(by)));
      long met = 0;
      for (Group group : each) {
        // A session that goes on is met in several of them.
        met += group.count(Measures.SESSIONS);
        if (met >= most + most / 2) {
          return (Span.HOUR.startOf(selection.last()) - group.start(by)) / Span.HOUR.micros() + 1;
        }
      }
    }
    return (selection.last() - selection.first()) / Span.HOUR.micros() + 2;
  }

  private List<String> idsByEvents() {
    for (int hours : HOURS) {
      if (since(hours) <= selection.first()) {
        break;
      }
      List<Group> heard = heard(since(hours));
      if (heard.size() >= most) {
        return ids(heard);
      }
    }
    return ids(heard(IN_A_SESSION));
  }

  private long since(long hours) {
    return Span.HOUR.startOf(selection.last()) - (hours - 1) * Span.HOUR.micros();
  }

  private boolean isRolledUp() {
    Aggregate asked =
        new Aggregate(
            selection.filter(),
            List.of(),
            List.of(Measures.SESSIONS),
            -1,
            Integer.MAX_VALUE,
            ReadRequest.PATIENCE);
    return selection.store().rolledUp().cost(asked) == RolledUp.Cost.SUMS;
  }

  /**
   * Those heard of since then; whoever is among the newest has an event in the time in which enough
   * others have one.
   */
  private List<Group> heard(long since) {
    return heard(Filter.and(Filter.since(since), IN_A_SESSION));
  }

  private List<Group> heard(Filter of) {
    return selection.group(of, List.of(Events.BY_SESSION), List.of(Measures.LAST));
  }

  private List<String> ids(List<Group> heard) {
    List<Group> all = new ArrayList<>(heard);
    all.sort(
        Order.comparingLong((Group g) -> -g.count(Measures.LAST))
            .thenComparing(g -> String.valueOf(g.text(Events.BY_SESSION))));
    return all.stream()
        .limit(most)
        .map(group -> String.valueOf(group.text(Events.BY_SESSION)))
        .toList();
  }
}
