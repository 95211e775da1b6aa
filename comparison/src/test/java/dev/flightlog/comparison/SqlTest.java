package dev.flightlog.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flightlog.store.Append;
import dev.flightlog.store.EventStore;
import dev.flightlog.store.sql.SqlAnswer;
import dev.flightlog.store.sql.SqlStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One statement of a person, over SQLite and ClickHouse; and what differs, as the guide tells it.
 */
class SqlTest {
  /** These mean the same in both. */
  private static final List<String> ALIKE =
      List.of(
          "SELECT count(*) AS n FROM events",
          "SELECT event_type, count(*) AS n FROM events GROUP BY event_type ORDER BY n DESC, 1",
          "SELECT category, count(*), count(success), sum(duration_ms), max(tokens_used) FROM events"
              + " GROUP BY category ORDER BY category",
          "SELECT event_id, event_type, category, project, session_id, story_id, workflow_id,"
              + " agent_name, task_id, run_id, step, component, duration_ms, tokens_used,"
              + " context_percent, success, confidence_score FROM events ORDER BY event_id LIMIT 50",
          "SELECT coalesce(project, '-') AS p, count(DISTINCT session_id) AS sessions FROM events"
              + " GROUP BY 1 ORDER BY 1",
          "SELECT session_id, count(*) AS n FROM events WHERE session_id IS NOT NULL AND NOT success"
              + " GROUP BY session_id HAVING count(*) > 2 ORDER BY n DESC, session_id LIMIT 5",
          "SELECT story_id, round(avg(context_percent), 6) FROM events WHERE story_id LIKE '1.%'"
              + " GROUP BY story_id ORDER BY story_id",
          "WITH calls AS (SELECT agent_name, duration_ms FROM events WHERE event_type = 'tool_call')"
              + " SELECT agent_name, max(duration_ms) FROM calls WHERE agent_name IS NOT NULL"
              + " GROUP BY agent_name ORDER BY agent_name",
          "SELECT count(*), count(model), CAST(sum(input_tokens) AS INTEGER) FROM model_calls",
          "SELECT event_id, timestamp, project, model, tokens_used FROM model_calls"
              + " ORDER BY event_id LIMIT 50");

  /** SQLite's form, and ClickHouse's. */
  private static final Map<String, String> OTHERWISE =
      Map.of(
          "SELECT event_id, timestamp FROM events ORDER BY timestamp, event_id LIMIT 20",
          "SELECT event_id, formatDateTime(timestamp, '%Y-%m-%dT%H:%i:%S.%f+00:00', 'UTC') FROM"
              + " events ORDER BY micros, event_id LIMIT 20",
          "SELECT details ->> 'tool' AS tool, count(*) AS n FROM events WHERE event_type ="
              + " 'tool_call' AND details ->> 'tool' IS NOT NULL GROUP BY 1 ORDER BY n DESC, tool",
          "SELECT d_tool AS tool, count(*) AS n FROM events WHERE event_type = 'tool_call' AND"
              + " d_tool IS NOT NULL GROUP BY 1 ORDER BY n DESC, tool",
          "SELECT details ->> 'rule_id' AS rule, count(*) AS n FROM events WHERE"
              + " details ->> 'rule_id' IS NOT NULL GROUP BY 1 ORDER BY 1",
          "SELECT JSONExtractString(details, 'rule_id') AS rule, count(*) AS n FROM events WHERE"
              + " rule != '' GROUP BY 1 ORDER BY 1");

  @TempDir Path folder;

  private static List<List<@Nullable Object>> rows(EventStore store, String statement) {
    SqlAnswer answer = ((SqlStore) store).sql(statement, 1_000, Duration.ofSeconds(60));
    assertThat(answer.complete()).as(statement).isTrue();
    return answer.rows();
  }

  @Test
  void aStatementIsAnsweredAlikeByBothOrInTheFormThatTheGuideNames() {
    AgentWorld world = new AgentWorld(7);
    try (ThreeStores stores = ThreeStores.empty(folder)) {
      for (int i = 0; i < 3; i++) {
        stores.append(new Append(world.batch(200)));
      }
      EventStore sqlite = Objects.requireNonNull(stores.all().get("SQLite"));
      EventStore clickHouse = Objects.requireNonNull(stores.all().get("ClickHouse"));
      for (String statement : ALIKE) {
        assertThat(rows(clickHouse, statement)).as(statement).isEqualTo(rows(sqlite, statement));
      }
      OTHERWISE.forEach((there, here) ->
          assertThat(rows(clickHouse, here)).as(here).isEqualTo(rows(sqlite, there)));
    }
  }
}
