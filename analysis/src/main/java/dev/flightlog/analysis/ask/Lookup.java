package dev.flightlog.analysis.ask;

import dev.flightlog.event.Event;
import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.ReadRequest;
import dev.flightlog.wording.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which session or workflow someone means who typed its id or the beginning of it.
 *
 * @param id the whole id; null when none or several were meant
 * @param explained the answer for then
 */
public record Lookup(@Nullable String id, Findings explained) {
  /** So many that begin alike are named. */
  private static final int NAMED = 3;

  /** How many of the newest events are looked at for names to suggest. */
  private static final int SUGGESTED_FROM = 2_000;

  private static final int MOST_IDS = 400;

  public static Lookup of(Scope scope, Field field, String thing) {
    String typed = scope.call().arguments().getFirst().strip();
    if (newest(scope, Filter.is(field, typed)) != null) {
      return new Lookup(typed, new Findings());
    }
    Set<String> found = new LinkedHashSet<>();
    Filter begins = Filter.startsWith(field, typed);
    while (found.size() <= NAMED) {
      Filter others = Filter.not(Filter.in(Attribute.of(field), found));
      Event event = newest(scope, Filter.and(begins, others));
      String id = event == null ? null : event.text(field);
      if (id == null || !found.add(id)) {
        break;
      }
    }
    if (found.size() == 1) {
      return new Lookup(found.iterator().next(), new Findings());
    }
    return new Lookup(
        null, found.isEmpty() ? nearest(scope, field, thing, typed) : several(thing, typed, found));
  }

  private static @Nullable Event newest(Scope scope, Filter filter) {
    ReadRequest one = ReadRequest.newestFirst(scope.and(filter)).limit(1);
    List<Event> found = scope.store().read(one).finish(one);
    return found.isEmpty() ? null : found.getFirst();
  }

  private static Findings several(String thing, String typed, Set<String> found) {
    List<String> shown =
        new ArrayList<>(found).subList(0, NAMED > found.size() ? found.size() : NAMED);
    boolean more = found.size() > NAMED;
    return new Findings()
        .heading(
            wording ->
                "Several "
                    + thing
                    + "s begin with '"
                    + wording.name(typed)
                    + "': "
                    + list(shown, wording)
                    + (more ? " and others" : "")
                    + ". Type more of it.",
            wording -> "Several " + thing + "s begin so; type more of it.");
  }

  private static Findings nearest(Scope scope, Field field, String thing, String typed) {
    Set<String> known = new LinkedHashSet<>();
    ReadRequest some =
        ReadRequest.newestFirst(scope.and(Filter.not(Filter.absent(Attribute.of(field)))))
            .limit(SUGGESTED_FROM);
    for (Event event : scope.store().read(some).finish(some)) {
      String id = event.text(field);
      if (id != null && known.size() < MOST_IDS) {
        known.add(id);
      }
    }
    List<String> near = Nearest.to(typed, known, NAMED);
    List<String> newest = new ArrayList<>(known);
    List<String> shown = near.isEmpty() ? newest.subList(0, Math.min(NAMED, newest.size())) : near;
    String lead =
        shown.isEmpty() ? "; no event names one" : near.isEmpty() ? "; newest: " : "; nearest: ";
    String brief = shown.isEmpty() ? "" : "; try: ";
    List<String> first = shown.subList(0, Math.min(1, shown.size()));
    return new Findings()
        .heading(
            wording ->
                "No "
                    + thing
                    + " '"
                    + wording.name(typed)
                    + "'"
                    + lead
                    + list(shown, wording)
                    + ".",
            wording -> "No such " + thing + brief + list(first, wording) + ".");
  }

  private static String list(List<String> names, Wording wording) {
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      out.append(out.isEmpty() ? "" : ", ").append(wording.session(name));
    }
    return out.toString();
  }
}
