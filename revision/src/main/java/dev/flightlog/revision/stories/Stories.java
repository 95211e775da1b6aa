package dev.flightlog.revision.stories;

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
    List<ErrorFact> inTime = new ArrayList<>(errors);
    inTime.sort(Comparator.comparingLong(ErrorFact::micros));
    Set<String> met = new HashSet<>();
    Map<String, Map<String, Long>> repeated = new HashMap<>();
    Map<String, Long> all = new HashMap<>();
    for (ErrorFact error : inTime) {
      String story = error.story();
      boolean before = !met.add(PatternFinder.idOf(error));
      if (story != null) {
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
              story, all.getOrDefault(story, 0L), repeated.getOrDefault(story, Map.of()), store));
    }
    return figures;
  }

  private static StoryFigures figures(
      String story, long errors, Map<String, Long> bySession, EventStore store) {
    Row row =
        store
            .aggregate(
                Aggregate.of(
                    Filter.is(Field.STORY_ID, story),
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
