package dev.flightlog.analysis.ask;

import dev.flightlog.analysis.arguments.NotFoundException;
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

/** Which session or workflow someone means who typed its id or the beginning of it. Stateless. */
public final class Lookup {
  /** So many that begin alike are named. */
  private static final int NAMED = 3;

  /** How many of the newest events are looked at for names to suggest. */
  private static final int SUGGESTED_FROM = 2_000;

  private static final int MOST_IDS = 400;

  private Lookup() {}

  /**
   * The whole id.
   *
   * @param thing what it is the id of, in words
   * @throws NotFoundException when none or several begin so, with their names
   */
  public static String id(Selection selection, Field field, String thing) {
    String typed = selection.call().arguments().getFirst().strip();
    if (newest(selection, Filter.is(field, typed)) != null) {
      return typed;
    }
    Set<String> found = new LinkedHashSet<>();
    Filter begins = Filter.startsWith(field, typed);
    while (found.size() <= NAMED) {
      Filter others = Filter.not(Filter.in(Attribute.of(field), found));
      Event event = newest(selection, Filter.and(begins, others));
      String id = event == null ? null : event.text(field);
      if (id == null || !found.add(id)) {
        break;
      }
    }
    if (found.size() == 1) {
      return found.iterator().next();
    }
    Wording wording = new Wording(selection.now(), Wording.ROOMY, selection.dates());
    throw new NotFoundException(
        found.isEmpty()
            ? nearest(selection, field, thing, typed, wording)
            : several(thing, typed, found, wording));
  }

  private static @Nullable Event newest(Selection selection, Filter filter) {
    ReadRequest one = ReadRequest.newestFirst(selection.and(filter)).limit(1);
    List<Event> found = selection.store().read(one).finish(one);
    return found.isEmpty() ? null : found.getFirst();
  }

  private static String several(String thing, String typed, Set<String> found, Wording wording) {
    List<String> shown = new ArrayList<>(found).subList(0, Math.min(NAMED, found.size()));
    return "several "
        + thing
        + "s begin with '"
        + wording.name(typed)
        + "': "
        + list(shown, wording)
        + (found.size() > NAMED ? " and others" : "")
        + "; type more of it";
  }

  private static String nearest(
      Selection selection, Field field, String thing, String typed, Wording wording) {
    Set<String> known = new LinkedHashSet<>();
    ReadRequest some =
        ReadRequest.newestFirst(selection.and(Filter.not(Filter.absent(Attribute.of(field)))))
            .limit(SUGGESTED_FROM);
    for (Event event : selection.store().read(some).finish(some)) {
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
    return "there is no " + thing + " '" + wording.name(typed) + "'" + lead + list(shown, wording);
  }

  private static String list(List<String> names, Wording wording) {
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      out.append(out.isEmpty() ? "" : ", ").append(wording.session(name));
    }
    return out.toString();
  }
}
