package dev.flightlog.benchmarks.asking;

import dev.flightlog.analysis.ask.QuestionCall;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question, and the same in DuckDB's SQL over {@link DuckDbTable}.
 *
 * @param sql statements whose rows together hold what the answer tells
 */
record Asked(String name, QuestionCall call, List<String> sql) {
  private static final String FAILED =
      "event_type = 'tool_call' AND success = false AND error_type <> 'rejected'";
  private static final String FROM = "2026-03-01";

  private static final String ERRORS =
      """
      SELECT error_type, tool, count(*) AS n, max(timestamp), count(DISTINCT session_id),
        count(*) FILTER (timestamp >= t.last - INTERVAL 7 DAY),
        count(*) FILTER (timestamp >= t.last - INTERVAL 14 DAY
          AND timestamp < t.last - INTERVAL 7 DAY)
      FROM events, (SELECT max(timestamp) AS last FROM events) t
      WHERE (%s OR event_type = 'error') %s
      GROUP BY ALL ORDER BY n DESC
      """;
  private static final String OPPORTUNITIES =
      """
      SELECT tool, count(*),
        count(*) FILTER (timestamp >= t.last - INTERVAL 7 DAY),
        count(*) FILTER (timestamp >= t.last - INTERVAL 14 DAY
          AND timestamp < t.last - INTERVAL 7 DAY)
      FROM events, (SELECT max(timestamp) AS last FROM events) t
      WHERE event_type = 'tool_call' AND success IS NOT NULL %s GROUP BY ALL
      """;
  private static final String SCOPE =
      "SELECT count(*), count(DISTINCT session_id), min(timestamp), max(timestamp) FROM events %s";
  private static final String SINCE = "AND timestamp >= TIMESTAMP '" + FROM + "'";

  /** Stands for the session with the newest event. */
  static final String NEWEST = "(newest)";

  /** In the generated work nobody was shown a rule, and nothing became of a decision. */
  static final Set<String> WITHOUT_ROWS = Set.of("rules", "confidence", "coverage");

  private static String byTime(String spans) {
    return "SELECT date_trunc('"
        + spans.split(",", 2)[0]
        + "', timestamp) AS "
        + spans.split(",", 2)[0]
        + ", "
        + (spans.contains(",") ? "story_id, " : "")
        + "count(*), count(*) FILTER (event_type = 'tool_call'), count(*) FILTER ("
        + FAILED
        + "), sum(tokens_used), sum(cost_usd), sum(duration_ms), count(duration_ms) FROM events"
        + " GROUP BY ALL ORDER BY 1 DESC";
  }

  private static String cost(String by) {
    return "SELECT "
        + by
        + ", count(*), sum(tokens_used), sum(cost_usd) AS c, count(cost_usd) FROM events WHERE"
        + " event_type = 'model_call' GROUP BY ALL ORDER BY c DESC";
  }

  /** All that are measured. */
  static List<Asked> all() {
    String scope = SCOPE.formatted("");
    return List.of(
        new Asked(
            "errors",
            QuestionCall.of("errors"),
            List.of(scope, ERRORS.formatted(FAILED, ""), OPPORTUNITIES.formatted(""))),
        new Asked(
            "errors since",
            QuestionCall.of("errors").since(FROM),
            List.of(
                SCOPE.formatted("WHERE true " + SINCE),
                ERRORS.formatted(FAILED, SINCE),
                OPPORTUNITIES.formatted(SINCE))),
        new Asked(
            "agents",
            QuestionCall.of("agents"),
            List.of(
                scope,
                "SELECT agent_name, count(*) AS n, count(*) FILTER ("
                    + FAILED
                    + "), sum(tokens_used), sum(cost_usd), avg(duration_ms),"
                    + " count(DISTINCT session_id), max(timestamp) FROM events GROUP BY ALL"
                    + " ORDER BY n DESC")),
        new Asked(
            "bottlenecks",
            QuestionCall.of("bottlenecks"),
            List.of(
                scope,
                "SELECT event_type, tool, model, sum(duration_ms) AS total, count(*),"
                    + " approx_quantile(duration_ms, 0.95), max(duration_ms) FROM events"
                    + " WHERE duration_ms IS NOT NULL GROUP BY ALL ORDER BY total DESC")),
        new Asked(
            "performance",
            QuestionCall.of("performance"),
            List.of(
                scope,
                "SELECT event_type, count(duration_ms), avg(duration_ms),"
                    + " approx_quantile(duration_ms, 0.95), max(duration_ms), max(context_percent)"
                    + " FROM events GROUP BY ROLLUP (event_type)")),
        new Asked(
            "tools",
            QuestionCall.of("tools"),
            List.of(
                scope,
                "SELECT tool, count(*) AS n, count(success), count(*) FILTER ("
                    + FAILED
                    + "), count(*) FILTER (error_type = 'rejected'), avg(duration_ms),"
                    + " approx_quantile(duration_ms, 0.95), sum(duration_ms), max(timestamp)"
                    + " FROM events WHERE event_type = 'tool_call' GROUP BY ALL ORDER BY n DESC")),
        new Asked(
            "tokens",
            QuestionCall.of("tokens"),
            List.of(
                scope,
                "SELECT model, count(*), sum(tokens_used) AS n, sum(input_tokens),"
                    + " sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens),"
                    + " sum(cost_usd), count(cost_usd) FROM events"
                    + " WHERE event_type = 'model_call' GROUP BY ALL ORDER BY n DESC")),
        new Asked(
            "compare",
            QuestionCall.of("compare", "1.1", "1.2"),
            List.of(
                scope,
                "SELECT story_id, count(*), count(DISTINCT session_id), min(timestamp),"
                    + " max(timestamp), count(*) FILTER ("
                    + FAILED
                    + "), count(*) FILTER (event_type = 'tool_call'), sum(tokens_used),"
                    + " sum(cost_usd), avg(duration_ms), approx_quantile(duration_ms, 0.95)"
                    + " FROM events WHERE story_id IN ('1.1', '1.2') GROUP BY ALL")),
        new Asked("trends", QuestionCall.of("trends"), List.of(scope, byTime("week, story_id"))),
        new Asked("forecast", QuestionCall.of("forecast"), List.of(scope, byTime("day"))),
        new Asked("cost", QuestionCall.of("cost"), List.of(scope, cost("story_id"))),
        new Asked(
            "cost day",
            QuestionCall.of("cost", "day"),
            List.of(scope, cost("date_trunc('day', timestamp)"))),
        new Asked(
            "slowest",
            QuestionCall.of("slowest"),
            List.of(
                scope,
                "SELECT duration_ms, event_type, tool, agent_name, session_id, timestamp FROM"
                    + " events WHERE duration_ms IS NOT NULL ORDER BY duration_ms DESC LIMIT 10")),
        new Asked(
            "context",
            QuestionCall.of("context"),
            List.of(
                scope,
                "SELECT agent_name, count(context_percent), avg(context_percent),"
                    + " max(context_percent), count(*) FILTER (event_type = 'context_compacted')"
                    + " FROM events GROUP BY ALL")),
        new Asked(
            "session",
            QuestionCall.of("session", NEWEST),
            List.of(
                scope,
                "SELECT event_type, tool, count(*), count(*) FILTER ("
                    + FAILED
                    + "), sum(tokens_used), sum(cost_usd), max(duration_ms) FROM events WHERE"
                    + " session_id = (SELECT session_id FROM events ORDER BY timestamp DESC"
                    + " LIMIT 1) GROUP BY ALL")),
        new Asked(
            "workflow",
            QuestionCall.of("workflow", "workflow_1"),
            List.of(
                scope,
                "SELECT timestamp, agent_name, event_type, details FROM events WHERE workflow_id ="
                    + " 'workflow_1' ORDER BY timestamp DESC LIMIT 2000")),
        new Asked(
            "coverage",
            QuestionCall.of("coverage"),
            List.of(
                scope,
                "SELECT count(*) FILTER (event_type = 'tool_call'), count(success) FILTER"
                    + " (event_type = 'tool_call'), count(*) FILTER (event_type = 'model_call'),"
                    + " count(cost_usd), count(*) FILTER (story_id IS NULL), count(*) FILTER"
                    + " (agent_name IS NULL) FROM events")),
        new Asked(
            "confidence",
            QuestionCall.of("confidence"),
            List.of(
                scope,
                "SELECT confidence_score, success FROM events WHERE event_type = 'decision' AND"
                    + " confidence_score IS NOT NULL ORDER BY timestamp DESC LIMIT 2000")),
        new Asked(
            "rules",
            QuestionCall.of("rules"),
            List.of(
                scope,
                "SELECT details->>'rule_id', count(*), count(DISTINCT session_id) FROM events WHERE"
                    + " event_type = 'rule_exposure' GROUP BY ALL")));
  }

  static List<String> names() {
    return all().stream().map(Asked::name).toList();
  }

  /** What DuckDB's table has besides the fields: the details that are asked for. */
  static final Map<String, String> DETAILS =
      Map.of(
          "tool", "VARCHAR",
          "model", "VARCHAR",
          "error_type", "VARCHAR",
          "input_tokens", "BIGINT",
          "output_tokens", "BIGINT",
          "cache_read_tokens", "BIGINT",
          "cache_write_tokens", "BIGINT",
          "cost_usd", "DOUBLE");
}
