package dev.flightlog.analysis.stories;

import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.PatternFinder;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.ErrorKind;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Counts stories. Stateless; blocks while the store works and fails as it does. */
public final class Stories {
  private Stories() {}

  /**
   * The figures of these stories, in their order.
   *
   * @param errors all that are known, of whatever story
   */
  public static List<StoryFigures> of(
      List<String> stories, List<ErrorFact> errors, EventStore store) {
    return of(stories, errors, error -> true, Filter.EVERYTHING, store);
  }

  /**
   * The same of a part of the events. What was met before is looked for among all.
   *
   * @param counted which errors lie in this part
   * @param part the filter of the same part
   */
  public static List<StoryFigures> of(
      List<String> stories,
      List<ErrorFact> errors,
      Predicate<? super ErrorFact> counted,
      Filter part,
      EventStore store) {
    Set<ErrorFact> firsts = firsts(errors);
    Map<String, Map<String, Long>> repeated = new HashMap<>();
    Map<String, Long> all = new HashMap<>();
    for (ErrorFact error : errors) {
      if (counted.test(error)) {
        String story = error.story() == null ? Narrowing.DEFAULT_STORY : error.story();
        all.merge(story, 1L, Long::sum);
        if (!firsts.contains(error)) {
          repeated
              .computeIfAbsent(story, any -> new HashMap<>())
              .merge(error.session(), 1L, Long::sum);
        }
      }
    }
    Map<String, Row> counts = counts(stories, part, store);
    List<StoryFigures> figures = new ArrayList<>();
    for (String story : stories) {
      figures.add(
          figures(
              story,
              all.getOrDefault(story, 0L),
              repeated.getOrDefault(story, Map.of()),
              counts.get(story)));
    }
    return figures;
  }

  /** Of each pattern the error that was first. */
  private static Set<ErrorFact> firsts(List<ErrorFact> errors) {
    Map<ErrorKind, ErrorFact> ofKinds = new LinkedHashMap<>();
    for (ErrorFact error : errors) {
      ofKinds.merge(error.kind(), error, Stories::earlier);
    }
    Map<String, ErrorFact> firsts = new HashMap<>();
    ofKinds
        .values()
        .forEach(first -> firsts.merge(PatternFinder.labelOf(first), first, Stories::earlier));
    Set<ErrorFact> found = Collections.newSetFromMap(new IdentityHashMap<>());
    found.addAll(firsts.values());
    return found;
  }

  private static ErrorFact earlier(ErrorFact one, ErrorFact other) {
    int order = Long.compare(one.micros(), other.micros());
    order = order == 0 ? one.session().compareTo(other.session()) : order;
    return order <= 0 ? one : other;
  }

  /** Calls and sessions of each story that has events: of all stories at once, however many. */
  private static Map<String, Row> counts(List<String> stories, Filter part, EventStore store) {
    Map<String, Row> counts = new HashMap<>();
    List<String> named = new ArrayList<>(stories);
    if (named.remove(Narrowing.DEFAULT_STORY)) {
      Filter of = Filter.and(part, Narrowing.ofStory(Narrowing.DEFAULT_STORY));
      counts.put(Narrowing.DEFAULT_STORY, store.aggregate(counted(of)).getFirst());
    }
    Filter of = Filter.and(part, Filter.in(Attribute.of(Field.STORY_ID), named));
    for (Row row :
        named.isEmpty() ? List.<Row>of() : store.aggregate(counted(of).by(Field.STORY_ID))) {
      counts.put(String.valueOf(row.text(0)), row);
    }
    return counts;
  }

  private static Aggregate counted(Filter of) {
    return Aggregate.of(
        of,
        Measure.count(Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL)),
        Measure.distinct(Attribute.of(Field.SESSION_ID)));
  }

  private static StoryFigures figures(
      String story, long errors, Map<String, Long> bySession, @Nullable Row row) {
    List<Long> sessions = new ArrayList<>(bySession.values());
    while (row != null && sessions.size() < row.whole(1)) {
      sessions.add(0L);
    }
    long sum = bySession.values().stream().mapToLong(Long::longValue).sum();
    return new StoryFigures(story, row == null ? 0 : row.whole(0), errors, sum, sessions);
  }
}
