package dev.flightlog.analysis.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.Answerer;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.event.Category;
import dev.flightlog.event.Event;
import dev.flightlog.event.EventBatch;
import dev.flightlog.event.EventIds;
import dev.flightlog.event.EventTypes;
import dev.flightlog.event.Field;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person stopped in each of two stories: one act that is written down twice counts once. */
class ToldTwiceTest {
  private static final Instant HOUR = Instant.parse("2026-02-03T10:00:00Z");

  @TempDir Path folder;

  private final EventBatch batch = new EventBatch();
  private int number;

  private void at(long millis, String story, String type) {
    batch.add(
        EventBatch.Mode.NEW,
        Event.builder(
                EventIds.ofKey("twice:" + number++),
                HOUR.plusMillis(millis),
                type,
                Category.INTERACTION)
            .set(Field.SESSION_ID, "session of " + story)
            .set(Field.STORY_ID, story)
            .build());
  }

  /** As a transcript tells it: the call that failed, and what the person did. */
  private void refused(long millis, String story) {
    at(millis, story, EventTypes.TOOL_REJECTED);
    batch.add(
        EventBatch.Mode.NEW,
        Event.builder(
                EventIds.ofKey("twice:" + number++),
                HOUR.plusMillis(millis),
                EventTypes.TOOL_CALL,
                Category.EXECUTION)
            .set(Field.SESSION_ID, "session of " + story)
            .set(Field.STORY_ID, story)
            .set(Field.SUCCESS, false)
            .details(Map.of("tool", "Bash", "error_type", EventTypes.REJECTED))
            .build());
  }

  @BeforeEach
  void prompts() {
    at(0, "1.1", EventTypes.USER_PROMPT);
    at(0, "1.2", EventTypes.USER_PROMPT);
  }

  private String stopped() {
    try (EventStore store = SqliteStore.open(folder.resolve("events_index.db"))) {
      store.append(new Append(batch));
      store.settle();
      Answerer answerer =
          new Answerer(
              store,
              TokenEstimate.standard(),
              Clock.fixed(HOUR.plusSeconds(86_400), ZoneOffset.UTC));
      return answerer
          .ask(QuestionCall.of("compare", "1.1", "1.2"))
          .text()
          .lines()
          .filter(line -> line.startsWith("rejections and interrupts"))
          .findFirst()
          .orElse("")
          .replaceAll(" +", " ");
    }
  }

  @Test
  void onBothSidesOfAFullHourAndWithinOne() {
    refused(-100, "1.1");
    at(100, "1.1", EventTypes.USER_INTERRUPT);
    at(7_200_000, "1.1", EventTypes.USER_INTERRUPT);
    refused(7_200_005, "1.1");
    at(3_599_900, "1.2", EventTypes.USER_INTERRUPT);
    refused(3_600_100, "1.2");
    at(9_000_000, "1.2", EventTypes.USER_INTERRUPT);
    refused(9_002_000, "1.2");
    assertThat(stopped()).startsWith("rejections and interrupts 2 3 ");
  }

  @Test
  void whatOnlyOneKindTellsCountsAsItIs() {
    refused(10, "1.1");
    refused(20, "1.1");
    at(30, "1.2", EventTypes.USER_INTERRUPT);
    assertThat(stopped()).startsWith("rejections and interrupts 2 1 ");
  }
}
