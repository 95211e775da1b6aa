package dev.flightlog.analysis.stories;

import dev.flightlog.analysis.arguments.Narrowing;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.PatternFinder;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.store.Aggregate;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.Filter;
import dev.flightlog.store.Measure;
import dev.flightlog.store.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

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
      Predicate<ErrorFact> counted,
      Filter part,
      EventStore store) {
    List<ErrorFact> inTime = new ArrayList<>(errors);
    inTime.sort(Comparator.comparingLong(ErrorFact::micros));
    Set<String> met = new HashSet<>();
    Map<String, Map<String, Long>> repeated = new HashMap<>();
    Map<String, Long> all = new HashMap<>();
    for (ErrorFact error : inTime) {
      String story = error.story() == null ? Narrowing.DEFAULT_STORY : error.story();
      boolean before = !met.add(PatternFinder.idOf(error));
      if (counted.test(error)) {
        all.merge(story, 1L, Long::sum);
        if (before) {
          repeated
              .computeIfAbsent(story, any -> new HashMap<>())
              .merge(error.session(), 1L, Long::sum);
        }
      }
    }
    List<StoryFigures> figures = new ArrayList<>();
    for (String story : stories) {
      figures.add(
          figures(
              story,
              all.getOrDefault(story, 0L),
              repeated.getOrDefault(story, Map.of()),
              part,
              store));
    }
    return figures;
  }

  private static StoryFigures figures(
      String story, long errors, Map<String, Long> bySession, Filter part, EventStore store) {
    Row row =
        store
            .aggregate(
                Aggregate.of(
                    Filter.and(part, Narrowing.ofStory(story)),
                    Measure.count(Filter.is(Field.EVENT_TYPE, EventTypes.TOOL_CALL)),
                    Measure.distinct(Attribute.of(Field.SESSION_ID))))
            .getFirst();
    List<Long> sessions = new ArrayList<>(bySession.values());
    while (sessions.size() < row.whole(1)) {
      sessions.add(0L);
    }
    long sum = bySession.values().stream().mapToLong(Long::longValue).sum();
    return new StoryFigures(story, row.whole(0), errors, sum, sessions);
  }
}
