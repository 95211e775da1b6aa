package dev.flightlog.analysis.ask;

import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import dev.flightlog.wording.Nearest;
import dev.flightlog.wording.Units;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why there is nothing to answer from, and what to ask instead: an empty store, an unknown story or
 * agent, a period without events. Never an error: the question was well put.
 */
public final class Absence {
  private static final int NAMES = 3;
  private static final int KNOWN = 10_000;

  private Absence() {}

  public static Findings explain(Scope scope) {
    Row all =
        scope
            .store()
            .aggregate(Aggregate.of(Filter.EVERYTHING, Measure.count(), Measure.last()))
            .getFirst();
    if (all.whole(0) == 0) {
      return said(
          "Nothing recorded yet. Read what is there: flightlog import ~/.claude/projects",
          "Nothing recorded yet; try flightlog import PATH");
    }
    String story = scope.call().story();
    String agent = scope.call().agent();
    if (story != null && isUnknown(scope, Scope.story(story))) {
      return unknown(scope, "story", story, Field.STORY_ID);
    }
    if (agent != null && isUnknown(scope, Filter.is(Field.AGENT_NAME, agent))) {
      return unknown(scope, "agent", agent, Field.AGENT_NAME);
    }
    String newest =
        "the newest event of all was "
            + Units.agoInWords(all.whole(1), scope.now())
            + " ("
            + Wording.minute(all.whole(1))
            + " UTC).";
    return new Findings()
        .heading(
            wording -> "No events " + scope.window(wording) + "; " + newest,
            wording -> "No events there; " + newest);
  }

  private static boolean isUnknown(Scope scope, Filter filter) {
    return scope.store().aggregate(Aggregate.of(filter, Measure.count())).getFirst().whole(0) == 0;
  }

  /** An answer of one sentence that no event with this name exists, and which names do. */
  public static Findings unknown(Scope scope, String thing, String name, Field field) {
    List<String> known = names(scope, field);
    List<String> nearest = Nearest.to(name, known, NAMES);
    boolean near = !nearest.isEmpty();
    List<String> shown = near ? nearest : known.subList(0, Math.min(NAMES, known.size()));
    return new Findings()
        .heading(
            wording ->
                "No "
                    + thing
                    + " '"
                    + wording.name(name)
                    + "'"
                    + list(near ? "; nearest: " : "; there are: ", shown, wording)
                    + ".",
            wording -> "No such " + thing + list("; try: ", first(shown), wording) + ".");
  }

  private static List<String> first(List<String> names) {
    return names.subList(0, Math.min(1, names.size()));
  }

  private static String list(String lead, List<String> names, Wording wording) {
    StringBuilder out = new StringBuilder();
    for (String name : names) {
      out.append(out.isEmpty() ? lead : ", ").append(wording.name(name));
    }
    return out.toString();
  }

  /** The names that events have there, the most frequent first. */
  private static List<String> names(Scope scope, Field field) {
    Aggregate aggregate =
        Aggregate.of(Filter.not(Filter.absent(Attribute.of(field))), Measure.count())
            .by(field)
            .orderBy(0)
            .limit(KNOWN);
    List<String> names = new ArrayList<>();
    for (Row row : scope.store().aggregate(aggregate)) {
      @Nullable String name = row.text(0);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  private static Findings said(String full, String brief) {
    return new Findings().heading(wording -> full, wording -> brief);
  }
}
