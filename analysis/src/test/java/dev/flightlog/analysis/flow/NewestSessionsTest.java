package dev.flightlog.analysis.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.Answer;
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
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which hundred sessions are listed: those heard of last, however they lie in time. */
class NewestSessionsTest {
  private static final Instant NOW = Instant.parse("2026-02-03T12:00:00Z");

  @TempDir Path folder;

  private final EventBatch batch = new EventBatch();
  private final Map<String, Instant> last = new HashMap<>();
  private int number;

  private void event(String session, Instant time, int agent) {
    batch.add(
        EventBatch.Mode.NEW,
        Event.builder(
                EventIds.ofKey("newest:" + number++),
                time,
                EventTypes.USER_PROMPT,
                Category.INTERACTION)
            .set(Field.SESSION_ID, session)
            .set(Field.AGENT_NAME, "agent-" + agent)
            .build());
    if (agent == 0) {
      last.merge(session, time, (a, b) -> a.isAfter(b) ? a : b);
    }
  }

  /** Sessions of up to three days, more of them in some weeks than in others. */
  private void world(long seed, int sessions, int days) {
    Random random = new Random(seed);
    for (int session = 0; session < sessions; session++) {
      double back = Math.pow(random.nextDouble(), 1 + seed % 3);
      Instant begin = NOW.minusSeconds((long) (back * days * 86_400) + 3 * 86_400);
      int events = 1 + random.nextInt(12);
      for (int i = 0; i < events; i++) {
        Instant time = begin.plusSeconds(random.nextInt(3 * 86_400));
        event("s" + session, time, random.nextInt(3) == 0 ? 1 : 0);
      }
    }
  }

  private List<String> expected() {
    return last.entrySet().stream()
        .sorted(
            Map.Entry.<String, Instant>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(100)
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> listed(EventStore store) {
    Answerer answerer =
        new Answerer(store, TokenEstimate.standard(), Clock.fixed(NOW, ZoneOffset.UTC));
    Answer answer = answerer.ask(QuestionCall.of("sessions").agent("agent-0").maxTokens(100_000));
    List<String> ids = new ArrayList<>();
    for (int row = 0; row < answer.rowCount(); row++) {
      ids.add(String.valueOf(answer.value(row, 0)));
    }
    return ids;
  }

  @Test
  void theHundredHeardOfLastAreListedByEveryStore() {
    for (long seed = 0; seed < 4; seed++) {
      batch.clear();
      last.clear();
      world(seed, 60 + (int) seed * 130, 2 + (int) seed * 25);
      if (seed < 2) {
        MemoryStore memory = new MemoryStore();
        memory.append(new Append(batch));
        assertThat(listed(memory)).as("seed " + seed).isEqualTo(expected());
      }
      try (SqliteStore sqlite = SqliteStore.open(folder.resolve(seed + ".db"))) {
        sqlite.append(new Append(batch));
        sqlite.settle();
        assertThat(listed(sqlite)).as("seed " + seed).isEqualTo(expected());
      }
    }
  }

  @Test
  void ofLongHistoriesOnlyTheEndIsRead() {
    for (int session = 0; session < 1_000; session++) {
      for (int i = 0; i < 4; i++) {
        event("s" + session, NOW.minus(Duration.ofMinutes(90L * session + i)), 0);
      }
    }
    try (SqliteStore store = SqliteStore.open(folder.resolve("long.db"))) {
      store.append(new Append(batch));
      store.settle();
      // The first call looks at all sessions to learn from them.
      assertThat(listed(store)).isEqualTo(expected());
      long before = store.check().eventsRead();
      assertThat(listed(store)).isEqualTo(expected());
      // The ends of 100 sessions, their sums and their last events.
      assertThat(store.check().eventsRead() - before).isLessThan(2_500);
    }
  }

  @Test
  void withoutAnySessionNothingIsListed() {
    assertThat(listed(new MemoryStore())).isEqualTo(Collections.emptyList());
  }
}
