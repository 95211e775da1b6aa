package dev.flightlog.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.analysis.ask.Column;
import dev.flightlog.analysis.ask.QuestionCall;
import dev.flightlog.store.Append;
import dev.flightlog.stores.sqlite.SqliteStore;
import dev.flightlog.wording.tokens.TokenEstimate;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The numbers of the questions about time, cost and single sittings are those that plain SQL over
 * the table of events gives.
 */
class TimeCountsTest {
  private static final int WORLDS = Integer.getInteger("flightlog.worlds", 6);
  private static final int ALL = 1_000_000;
  private static final String ERRORS =
      "(event_type IN ('tool_call','model_call') AND success = 0 AND NOT (event_type = 'tool_call'"
          + " AND coalesce(details->>'error_type','') = 'rejected') OR category = 'error')";
  private static final String FAILED =
      "event_type = 'tool_call' AND success = 0 AND coalesce(details->>'error_type','') <>"
          + " 'rejected'";
  private static final String WORK =
      "event_type NOT IN ('agent_finished', 'task_outcome', 'recorder_gap', 'turn_duration')";
  private static final String MONDAY =
      "strftime('%Y-%m-%dT00:00:00.000000+00:00', timestamp, '-6 days', 'weekday 1')";

  @TempDir Path folder;

  @Test
  void weeksAreThoseOfPlainSql() {
    everyWorld((store, answerer) -> {
      List<List<@Nullable Object>> weeks =
          rows(
              answerer.ask(QuestionCall.of("trends").maxTokens(ALL)),
              "week",
              "events",
              "stories",
              "tool_calls",
              "failed_tool_calls",
              "errors",
              "tokens_used",
              "unpriced_calls",
              "cost_usd");
      weeks.removeIf(row -> row.get(1) == null);
      assertSame(
          weeks,
          store,
          "SELECT "
              + MONDAY
              + " w, count(*), count(DISTINCT coalesce('s' || story_id, 'n')),"
              + " sum(event_type = 'tool_call'), sum(coalesce("
              + FAILED
              + ", 0)), sum(coalesce("
              + ERRORS
              + ", 0)), sum(tokens_used), sum(event_type = 'model_call' AND"
              + " details->>'cost_usd' IS NULL), sum(details->>'cost_usd') FROM events GROUP BY w");
    });
  }

  @Test
  void costIsThatOfPlainSqlWhateverItIsLaidOn() {
    everyWorld((store, answerer) -> {
      for (String by : List.of("story", "branch", "agent", "model")) {
        String column =
            by.equals("agent")
                ? "agent_name"
                : by.equals("model") ? "details->>'model'" : "story_id";
        assertSame(
            rows(
                answerer.ask(QuestionCall.of("cost", by).maxTokens(ALL)),
                "name",
                "calls",
                "tokens_used",
                "unpriced_calls",
                "cost_usd"),
            store,
            "SELECT "
                + column
                + " n, count(*), sum(tokens_used), sum(details->>'cost_usd' IS NULL),"
                + " sum(details->>'cost_usd') FROM events WHERE event_type = 'model_call'"
                + " GROUP BY n");
      }
      List<List<@Nullable Object>> days =
          rows(
              answerer.ask(QuestionCall.of("cost", "day").maxTokens(ALL)),
              "from",
              "calls",
              "unpriced_calls",
              "cost_usd");
      days.removeIf(row -> row.get(1) == null);
      assertSame(
          days,
          store,
          "SELECT strftime('%Y-%m-%dT00:00:00.000000+00:00', timestamp) d, count(*),"
              + " sum(details->>'cost_usd' IS NULL), sum(details->>'cost_usd') FROM events"
              + " WHERE event_type = 'model_call' GROUP BY d");
    });
  }

  @Test
  void theSlowestAreThoseOfPlainSql() {
    everyWorld((store, answerer) ->
        assertThat(
                texts(
                    rows(
                        answerer.ask(QuestionCall.of("slowest").maxTokens(ALL)),
                        "duration_ms",
                        "event_type",
                        "tool",
                        "agent",
                        "time",
                        "id")))
            .isEqualTo(
                texts(
                    sql(
                        store,
                        "SELECT duration_ms, event_type, details->>'tool', agent_name, timestamp,"
                            + " event_id FROM events WHERE duration_ms IS NOT NULL AND "
                            + WORK
                            + " ORDER BY duration_ms DESC, timestamp DESC, event_id DESC LIMIT 10"))));
  }

  @Test
  void contextCoverageAndRulesAreThoseOfPlainSql() {
    everyWorld((store, answerer) -> {
      assertSame(
          rows(
              answerer.ask(QuestionCall.of("context").maxTokens(ALL)),
              "agent",
              "told",
              "peak_percent",
              "compactions"),
          store,
          "SELECT agent_name, count(context_percent) c, max(context_percent),"
              + " sum(event_type = 'context_compacted') k FROM events GROUP BY agent_name"
              + " HAVING c > 0 OR k > 0");
      List<List<@Nullable Object>> missing =
          rows(answerer.ask(QuestionCall.of("coverage").maxTokens(ALL)), "what", "count");
      missing.removeIf(row -> Long.valueOf(0).equals(row.get(1)));
      List<List<@Nullable Object>> expected =
          sql(
              store,
              "SELECT 'calls_without_result' w, sum(event_type = 'tool_call' AND success IS NULL) n"
                  + " FROM events UNION ALL SELECT 'events_dropped_by_a_recorder',"
                  + " sum(details->>'dropped') FROM events WHERE event_type = 'recorder_gap'"
                  + " UNION ALL SELECT 'model_calls_without_price', sum(event_type = 'model_call'"
                  + " AND details->>'cost_usd' IS NULL) FROM events UNION ALL SELECT"
                  + " 'model_calls_without_tokens', sum(event_type = 'model_call' AND tokens_used"
                  + " IS NULL) FROM events UNION ALL SELECT 'events_without_story', sum(story_id IS"
                  + " NULL) FROM events UNION ALL SELECT 'events_without_agent', sum(agent_name IS"
                  + " NULL) FROM events");
      List<String> some = new ArrayList<>();
      for (List<@Nullable Object> row : expected) {
        if (row.get(1) instanceof Long count && count > 0) {
          some.add(row.toString());
        }
      }
      assertThat(texts(missing)).containsExactlyInAnyOrderElementsOf(some);
      assertSame(
          rows(
              answerer.ask(QuestionCall.of("rules").maxTokens(ALL)),
              "rule",
              "exposures",
              "sessions"),
          store,
          "SELECT details->>'rule_id' r, count(*), count(DISTINCT session_id) FROM events WHERE"
              + " event_type = 'rule_exposure' GROUP BY r");
    });
  }

  @Test
  void sessionsAndWorkflowsAreThoseOfPlainSql() {
    everyWorld((store, answerer) -> {
      for (List<@Nullable Object> row :
          sql(
              store,
              "SELECT session_id, count(*), sum(event_type = 'tool_call'), sum(coalesce("
                  + ERRORS
                  + ", 0)), sum(event_type = 'model_call'), coalesce(sum(tokens_used), 0) FROM"
                  + " events WHERE session_id IS NOT NULL GROUP BY session_id")) {
        String id = String.valueOf(row.getFirst());
        if (id.isBlank() || !id.equals(id.strip())) {
          continue;
        }
        var window = answerer.ask(QuestionCall.of("session", id).maxTokens(ALL)).window();
        List<@Nullable Object> told = new ArrayList<>();
        for (String key :
            List.of(
                "session",
                "session_events",
                "session_tool_calls",
                "session_errors",
                "session_model_calls",
                "session_tokens_used")) {
          told.add(window.get(key));
        }
        assertThat(told).isEqualTo(row);
      }
      for (List<@Nullable Object> row :
          sql(
              store,
              "SELECT workflow_id, count(*), sum(event_type = 'agent_transition'), sum(coalesce("
                  + ERRORS
                  + ", 0)), coalesce(sum(details->>'state_size') FILTER (WHERE event_type ="
                  + " 'agent_transition'), 0) FROM events WHERE workflow_id IS NOT NULL GROUP BY"
                  + " workflow_id")) {
        String id = String.valueOf(row.getFirst());
        if (id.isBlank() || !id.equals(id.strip())) {
          continue;
        }
        Answer answer = answerer.ask(QuestionCall.of("workflow", id).maxTokens(ALL));
        var window = answer.window();
        assertThat(
                java.util.Arrays.asList(
                    window.get("workflow"),
                    window.get("workflow_events"),
                    window.get("hand_overs"),
                    window.get("workflow_errors"),
                    window.get("state_bytes")))
            .isEqualTo(row);
        long events = 0;
        for (List<@Nullable Object> step : rows(answer, "events")) {
          events += step.getFirst() instanceof Long count ? count : 0;
        }
        assertThat(events).isEqualTo(row.get(1));
      }
    });
  }

  @Test
  void confidenceCountsTheClaimsOfPlainSql() {
    everyWorld((store, answerer) -> {
      var window = answerer.ask(QuestionCall.of("confidence").maxTokens(ALL)).window();
      assertThat(window.get("claims"))
          .isEqualTo(
              sql(
                      store,
                      "SELECT count(confidence_score) FROM events WHERE event_type IN"
                          + " ('evaluation', 'decision')")
                  .getFirst()
                  .getFirst());
    });
  }

  @Test
  void theLastSevenDaysOfAForecastAreThoseOfPlainSql() {
    everyWorld((store, answerer) -> {
      Answer answer = answerer.ask(QuestionCall.of("forecast").maxTokens(ALL));
      Object end = answer.window().get("from");
      for (List<@Nullable Object> row : rows(answer, "measure", "last_week")) {
        String measure = String.valueOf(row.getFirst());
        String value =
            measure.equals("errors")
                ? "sum(coalesce(" + ERRORS + ", 0))"
                : measure.equals("tokens_used") ? "sum(tokens_used)" : "sum(details->>'cost_usd')";
        String newest =
            "SELECT coalesce("
                + value
                + ", 0) + 0.0 FROM events WHERE timestamp < '"
                + end
                + "' GROUP BY CAST((julianday('"
                + end
                + "') - julianday(timestamp)) / 7 - 1e-9 AS INTEGER) ORDER BY"
                + " max(timestamp) DESC LIMIT 1";
        assertThat(row.get(1)).as(measure).isEqualTo(sql(store, newest).getFirst().getFirst());
      }
    });
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
        Clock clock = Clock.fixed(HostileWorld.NOW, ZoneOffset.UTC);
        check.of(store, new Answerer(store, TokenEstimate.standard(), clock));
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
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
    assertThat(texts(rows)).containsExactlyInAnyOrderElementsOf(texts(sql(store, statement)));
  }

  private static List<List<@Nullable Object>> sql(SqliteStore store, String statement) {
    return store.sql(statement, ALL, Duration.ofMinutes(1)).rows();
  }

  private static List<String> texts(List<List<@Nullable Object>> rows) {
    return rows.stream().map(List::toString).toList();
  }
}
