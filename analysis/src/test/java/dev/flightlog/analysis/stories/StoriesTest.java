package dev.flightlog.analysis.stories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventBatch.Mode;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.patterns.facts.ErrorFact;
import dev.flightlog.patterns.facts.Occasion;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.memory.MemoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoriesTest {
  private final EventStore store = new MemoryStore();
  private final List<ErrorFact> errors = new ArrayList<>();
  private long time;

  /** A session of a story with so many calls, of which some fail in the same way. */
  private void session(String story, int calls, int failed) {
    String session = story + "-" + time;
    EventBatch batch = new EventBatch();
    for (int i = 0; i < calls; i++) {
      time++;
      batch.add(
          Mode.NEW,
          Event.builder(
                  EventIds.ofKey("call" + time),
                  Instant.ofEpochSecond(1_700_000_000 + time),
                  EventTypes.TOOL_CALL,
                  Category.EXECUTION)
              .set(Field.SESSION_ID, session)
              .set(Field.STORY_ID, story)
              .build());
      if (i < failed) {
        errors.add(
            new ErrorFact(
                new Occasion(session, (1_700_000_000 + time) * 1_000_000, null, story),
                "e" + time,
                "Edit",
                "file_not_read",
                "",
                "not read",
                "",
                1,
                1,
                List.of(),
                null,
                "",
                "",
                ""));
      }
    }
    store.append(new Append(batch));
  }

  @Test
  void anErrorIsRepeatedWhenItsTemplateWasMetBeforeInWhateverStory() {
    session("1.1", 10, 2);
    session("1.2", 10, 2);

    List<StoryFigures> figures = Stories.of(List.of("1.1", "1.2"), errors, store);

    assertThat(figures.get(0).repeated()).as("the first one was new").isEqualTo(1);
    assertThat(figures.get(1).repeated()).isEqualTo(2);
    assertThat(figures.get(1).rate()).isCloseTo(20, within(1e-9));
  }

  @Test
  void anyNumberOfStoriesCanBeHeldAgainstTheFirst() {
    for (int i = 0; i < 20; i++) {
      session("1.1", 50, 10);
    }
    for (int i = 0; i < 20; i++) {
      session("1.2", 50, 2);
      session("1.3", 50, 9);
    }

    List<StoryFigures> figures = Stories.of(List.of("1.1", "1.2", "1.3"), errors, store);

    assertThat(StoryChange.of(figures.get(0), figures.get(1)).goal())
        .isEqualTo(StoryChange.Goal.REACHED);
    assertThat(StoryChange.of(figures.get(0), figures.get(2)).goal())
        .isEqualTo(StoryChange.Goal.NOT_REACHED);
  }
}
