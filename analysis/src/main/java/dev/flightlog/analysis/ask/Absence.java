package dev.flightlog.analysis.ask;

import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.arguments.Reader;
import dev.flightlog.event.Field;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Dimension;
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

  public static <R> Result<R> explain(Selection selection) {
    Group all = selection.all().measure(Filter.EVERYTHING, Measures.EVENTS, Measures.LAST);
    if (all.count(Measures.EVENTS) == 0) {
      Reader reader = selection.call().reader();
      return said(
          reader.hint("Nothing recorded yet. Read what is there, or samples: flightlog quickstart"),
          reader.hint("Nothing recorded yet; try flightlog quickstart"));
    }
    long last = all.count(Measures.LAST);
    String project = selection.call().narrowing().project();
    if (project != null && isUnknown(selection, Filter.is(Field.PROJECT, project))) {
      return unknown(selection, "project", project, Field.PROJECT);
    }
    String story = selection.call().narrowing().story();
    String agent = selection.call().narrowing().agent();
    if (story != null && isUnknown(selection, Narrowing.ofStory(story))) {
      return unknown(selection, "story", story, Field.STORY_ID);
    }
    if (agent != null && isUnknown(selection, Filter.is(Field.AGENT_NAME, agent))) {
      return unknown(selection, "agent", agent, Field.AGENT_NAME);
    }
    String machine = selection.call().narrowing().machine();
    if (machine != null && isUnknown(selection, Filter.is(Attribute.MACHINE, machine))) {
      return unknown(selection, "machine", machine, Attribute.MACHINE);
    }
    String person = selection.call().narrowing().person();
    if (person != null && isUnknown(selection, Filter.is(Attribute.PERSON, person))) {
      return unknown(selection, "person", person, Attribute.PERSON);
    }
    String newest =
        "the newest event of all was "
            + Units.agoInWords(last, selection.now())
            + " ("
            + selection.dates().minuteInZone(last)
            + ").";
    return Result.saying(
        wording -> "No events " + selection.window(wording) + "; " + newest,
        wording -> "No events there; " + newest);
  }

  /** No event has this name; the nearest are told. */
  public static NotFoundException notFound(
      Selection selection, String thing, String name, Field field) {
    Wording wording = new Wording(selection.now(), Wording.ROOMY, selection.dates());
    String sentence = unknown(selection, thing, name, field).heading().in(wording);
    return new NotFoundException("there is n" + sentence.substring(1, sentence.length() - 1));
  }

  private static boolean isUnknown(Selection selection, Filter filter) {
    return selection.all().count(filter) == 0;
  }

  /** An answer of one sentence that no event with this name exists, and which names do. */
  public static <R> Result<R> unknown(Selection selection, String thing, String name, Field field) {
    return unknown(selection, thing, name, Attribute.of(field));
  }

  private static <R> Result<R> unknown(
      Selection selection, String thing, String name, Attribute attribute) {
    List<String> known = names(selection, attribute);
    if (known.isEmpty() && attribute instanceof Attribute.Detail) {
      String none = "No event here names its " + thing;
      return said(none + "; those in a store that machines share do.", none + ".");
    }
    List<String> nearest = Nearest.to(name, known, NAMES);
    boolean near = !nearest.isEmpty();
    List<String> shown = near ? nearest : known.subList(0, Math.min(NAMES, known.size()));
    return Result.saying(
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
  private static List<String> names(Selection selection, Attribute attribute) {
    Aggregate aggregate =
        Aggregate.of(Filter.not(Filter.absent(attribute)), Measure.count())
            .by(new Dimension.ByAttribute(attribute))
            .orderBy(0)
            .limit(KNOWN);
    List<String> names = new ArrayList<>();
    for (Row row : selection.store().aggregate(aggregate)) {
      @Nullable String name = row.text(0);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  private static <R> Result<R> said(String full, String brief) {
    return Result.saying(wording -> full, wording -> brief);
  }
}
