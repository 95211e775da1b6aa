package dev.flightlog.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flightlog.analysis.arguments.NotFoundException;
import dev.flightlog.analysis.arguments.QuestionException;
import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.Question;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.stores.memory.MemoryStore;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every number in an answer is the one that plain SQL over the table of events gives. */
class CountsTest {
  private static final int WORLDS = Integer.getInteger("flightlog.worlds", 8);
  private static final int ALL = 1_000_000;

  /**
   * Percentiles may differ within one percent of rank, so they are left to the stores' contract.
   */
  private static final Set<String> PERCENTILES = Set.of("p95_ms");

  private static final String ERRORS =
      "(event_type IN ('tool_call','model_call') AND success = 0 AND NOT (event_type = 'tool_call'"
          + " AND coalesce(details->>'error_type','') = 'rejected') OR category = 'error')";

  private static final String FAILED =
      "event_type = 'tool_call' AND success = 0 AND coalesce(details->>'error_type','') <>"
          + " 'rejected'";

  private static final String REJECTED =
      "event_type = 'tool_call' AND success = 0 AND details->>'error_type' = 'rejected'";

  @TempDir Path folder;

  @Test
  void errorsAreThoseOfPlainSql() {
    everyWorld((store, answerer) -> {
      Answer answer = answerer.ask(QuestionCall.of("errors").maxTokens(ALL));
      assertSame(
          rows(answer, "event_type", "tool", "error_type", "count", "opportunities"),
          store,
          "SELECT e.event_type, iif(e.event_type = 'tool_call', e.details->>'tool', NULL) t,"
              + " e.details->>'error_type' et, count(*),"
              + " CASE e.event_type WHEN 'tool_call' THEN (SELECT count(*) FROM events o WHERE"
              + " o.event_type = 'tool_call' AND o.success IS NOT NULL AND o.details->>'tool'"
              + " IS e.details->>'tool') WHEN 'model_call' THEN (SELECT count(*) FROM events"
              + " WHERE event_type = 'model_call') END FROM events e WHERE "
              + ERRORS
              + " GROUP BY e.event_type, t, et");
      assertThat(answer.window().get("errors"))
          .isEqualTo(one(store, "SELECT count(*) FROM events WHERE " + ERRORS));
      assertThat(answer.window().get("rejected"))
          .isEqualTo(one(store, "SELECT count(*) FROM events WHERE " + REJECTED));
      assertThat(answer.window().get("sessions"))
          .isEqualTo(one(store, "SELECT count(DISTINCT session_id) FROM events"));
    });
  }

  @Test
  void toolsAgentsAndTokensAreThoseOfPlainSql() {
    everyWorld((store, answerer) -> {
      assertSame(
          rows(
              answerer.ask(QuestionCall.of("tools").maxTokens(ALL)),
              "tool",
              "calls",
              "results",
              "failed",
              "rejected",
              "total_ms"),
          store,
          "SELECT details->>'tool' t, count(*), count(success), sum(coalesce("
              + FAILED
              + ", 0)),"
              + " sum(coalesce("
              + REJECTED
              + ", 0)), sum(duration_ms) FROM events"
              + " WHERE event_type = 'tool_call' GROUP BY t");
      assertSame(
          rows(
              answerer.ask(QuestionCall.of("agents").maxTokens(ALL)),
              "agent",
              "events",
              "tool_calls",
              "errors",
              "tokens_used",
              "clarifications"),
          store,
          "SELECT agent_name, count(*), sum(event_type = 'tool_call'), sum(coalesce("
              + ERRORS
              + ", 0)), sum(tokens_used), sum(event_type = 'human_clarification_needed')"
              + " FROM events GROUP BY agent_name");
      assertSame(
          rows(
              answerer.ask(QuestionCall.of("tokens").maxTokens(ALL)),
              "model",
              "calls",
              "input_tokens",
              "output_tokens",
              "tokens_used",
              "unpriced_calls",
              "cost_usd"),
          store,
          "SELECT details->>'model' m, count(*), sum(details->>'input_tokens'),"
              + " sum(details->>'output_tokens'), sum(tokens_used),"
              + " sum(details->>'cost_usd' IS NULL), sum(details->>'cost_usd') FROM events"
              + " WHERE event_type = 'model_call' GROUP BY m");
    });
  }

  @Test
  void bottlenecksAndPerformanceAreThoseOfPlainSql() {
    everyWorld((store, answerer) -> {
      List<List<@Nullable Object>> times =
          rows(
              answerer.ask(QuestionCall.of("bottlenecks").maxTokens(ALL)),
              "event_type",
              "tool",
              "total_ms",
              "timed",
              "max_ms");
      times.removeIf(row -> row.get(2) == null);
      assertSame(
          times,
          store,
          "SELECT event_type, details->>'tool' t, sum(duration_ms), count(duration_ms),"
              + " max(duration_ms) FROM events WHERE event_type NOT IN ('agent_finished',"
              + " 'task_outcome', 'recorder_gap', 'turn_duration') AND duration_ms IS NOT NULL"
              + " GROUP BY event_type, t");
      Answer speed = answerer.ask(QuestionCall.of("performance").maxTokens(ALL));
      List<List<@Nullable Object>> byType = rows(speed, "event_type", "timed", "max_ms");
      byType.removeIf(row -> row.getFirst() == null);
      assertSame(
          byType,
          store,
          "SELECT event_type, count(duration_ms), max(duration_ms) FROM events WHERE"
              + " duration_ms IS NOT NULL GROUP BY event_type");
      assertThat(speed.window().get("peak_context_percent"))
          .isEqualTo(one(store, "SELECT max(context_percent) FROM events"));
    });
  }

  @Test
  void bothStoresGiveTheSameAnswersUnderEveryFilter() {
    for (int seed = 0; seed < WORLDS; seed++) {
      HostileWorld world = new HostileWorld(seed, 200, false);
      MemoryStore memory = new MemoryStore();
      memory.append(new Append(world.batch()));
      try (SqliteStore sqlite = SqliteStore.open(folder.resolve("same" + seed + ".db"))) {
        sqlite.append(new Append(world.batch()));
        for (Question question : Questions.all()) {
          String[] arguments = Arguments.of(question, world, world.random);
          QuestionCall call =
              QuestionCall.of(question.name(), arguments)
                  .story(question.namesStories() ? null : world.pick(world.stories))
                  .agent(seed % 3 == 0 ? world.pick(world.agents) : null)
                  .since(seed % 4 == 0 ? "2026-02-27T13:14:15.161718Z" : null)
                  .maxTokens(ALL);
          Answer a;
          try {
            a = answerer(memory).ask(call);
          } catch (NotFoundException e) {
            assertThatThrownBy(() -> answerer(sqlite).ask(call)).hasMessage(e.getMessage());
            continue;
          } catch (QuestionException e) {
            // A name without a word, or of too many words, is nothing to search for.
            assertThat(question.name()).isEqualTo("search");
            assertThatThrownBy(() -> answerer(sqlite).ask(call)).hasMessage(e.getMessage());
            continue;
          }
          Answer b = answerer(sqlite).ask(call);
          String[] keys =
              question.columns().stream()
                  .map(Column::key)
                  .filter(key -> !PERCENTILES.contains(key) && !key.equals("verdict"))
                  .toArray(String[]::new);
          assertThat(withoutPercentiles(rows(b, keys)))
              .as("seed %d %s", seed, call)
              .isEqualTo(withoutPercentiles(rows(a, keys)));
          assertThat(new TreeMap<>(b.window())).isEqualTo(new TreeMap<>(a.window()));
        }
      }
    }
  }

  /** The rows of 'compare' whose measure is a percentile. */
  private static List<List<@Nullable Object>> withoutPercentiles(
      List<List<@Nullable Object>> rows) {
    rows.removeIf(row -> "median_tool_call".equals(row.getFirst()));
    rows.removeIf(row -> "p95_tool_call".equals(row.getFirst()));
    return rows;
  }

  private interface Check {
    void of(SqliteStore store, Answerer answerer);
  }

  private void everyWorld(Check check) {
    for (int seed = 0; seed < WORLDS; seed++) {
      HostileWorld world = new HostileWorld(seed, 200, false);
      if (world.events.isEmpty()) {
        continue;
      }
      try (SqliteStore store = SqliteStore.open(folder.resolve("world" + seed + ".db"))) {
        store.append(new Append(world.batch()));
        check.of(store, answerer(store));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private static Answerer answerer(EventStore store) {
    Clock clock = Clock.fixed(HostileWorld.NOW, ZoneOffset.UTC);
    return new Answerer(store, TokenEstimate.standard(), clock);
  }

  private static List<List<@Nullable Object>> rows(Answer answer, String... keys) {
    List<String> columns = answer.question().columns().stream().map(Column::key).toList();
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int row = 0; row < answer.rowCount(); row++) {
      List<@Nullable Object> cells = new ArrayList<>();
      for (String key : keys) {
        cells.add(answer.value(row, columns.indexOf(key)));
      }
      rows.add(cells);
    }
    return rows;
  }

  private static void assertSame(
      List<List<@Nullable Object>> rows, SqliteStore store, String statement) {
    assertThat(texts(rows))
        .containsExactlyInAnyOrderElementsOf(
            texts(store.sql(statement, ALL, Duration.ofMinutes(1)).rows()));
  }

  private static List<String> texts(List<List<@Nullable Object>> rows) {
    return rows.stream().map(List::toString).toList();
  }

  private static @Nullable Object one(SqliteStore store, String statement) {
    return store.sql(statement, 1, Duration.ofMinutes(1)).rows().getFirst().getFirst();
  }
}
