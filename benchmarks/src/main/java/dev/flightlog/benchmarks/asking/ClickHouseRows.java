package dev.flightlog.benchmarks.asking;

/**
 * Ninety days of agents at work, made by the server itself: sessions of 400 events, four at a time;
 * calls of tools and models, prompts, decisions. The same rows for the same number.
 */
final class ClickHouseRows {
  /** 2025-12-06T05:46:40Z. */
  private static final long BEGINNING = 1_765_000_000_000_000L;

  private static final long NINETY_DAYS = 90L * 24 * 3_600_000_000L;

  private static final String COLUMNS =
      """
      event_id, micros, event_type, category, project, session_id, story_id, workflow_id,
      agent_name, duration_ms, tokens_used, context_percent, success, details, d_tool, d_model,
      d_error_type, d_cost_usd, d_input_tokens, d_output_tokens, present, version, deleted, aside,
      place
      """;

  private static final String VALUES =
      """
      concat('01', hex(number), hex(h)),
      %d + number * %d + h %% 1000,
      multiIf(k < 50, 'tool_call', k < 80, 'model_call', k < 88, 'user_prompt',
        k < 95, 'agent_transition', k < 99, 'decision', 'error'),
      'execution',
      concat('project-', toString(s %% 12)),
      concat('session-', toString(s)),
      concat('1.', toString(s %% 60)),
      if(s %% 3 = 1, concat('workflow_', toString(s)), NULL),
      concat('agent-', toString(h %% 6)),
      if(k < 80, toInt64(exp((b8 %% 1000 + bitShiftRight(h, 20) %% 1000) / 250 + 2)), NULL),
      if(model != '', toInt64(b12 %% 90000), NULL),
      if(model != '', b12 %% 9000 / 100, NULL),
      if(k < 50, failed = 0, if(k < 80, 1, NULL)),
      multiIf(
        k < 50, concat('{"tool":"', tool, '","input":{"file_path":"src/module', toString(b8 %% 40),
          '/Service', toString(b12 %% 400), '.java","command":"run check ', toString(b8 %% 50), '"}',
          if(failed, concat(',"error_type":"', err,
            '","message":"permission denied: the value of line ', toString(b12 %% 3000),
            ' could not be used"'), ''),
          ',"output":"', toString(b12 %% 900), ' lines read ', hex(h), '"}'),
        k < 80, concat('{"model":"', model, '","input_tokens":', toString(b12 %% 90000),
          ',"output_tokens":', toString(b8 %% 900), ',"cost_usd":', toString(b8 %% 90000 / 1e6),
          ',"message":"Service', toString(b12 %% 400), ' reads the story before it plans"}'),
        concat('{"message":"the plan of ', toString(b8 %% 5000), ' says to look at module',
          toString(b12 %% 40), if(number %% 2000003 = 7, ' needleword', ''), '"}')),
      if(k < 50, tool, NULL),
      if(model != '', model, NULL),
      if(failed, err, NULL),
      if(model != '', b8 %% 90000 / 1e6, NULL),
      if(model != '', b12 %% 90000, NULL),
      if(model != '', b8 %% 900, NULL),
      if(k < 50, 1, 0) + if(model != '', 114, 0) + if(failed, 8, 0),
      1, 0, 0, number %% 65536
      """;

  private static final String FROM =
      """
      SELECT number, sipHash64(number) AS h, h %% 100 AS k, bitShiftRight(h, 8) AS b8,
        bitShiftRight(h, 12) AS b12,
        intDiv(number, 1600) * 4 + bitShiftRight(h, 5) %% 4 AS s,
        k < 50 AND bitShiftRight(h, 16) %% 12 = 0 AS failed,
        ['Read', 'Bash', 'Edit', 'Grep', 'Write', 'Glob', 'Task', 'WebFetch'][
          1 + bitShiftRight(h, 24) %% 8] AS tool,
        ['timeout', 'not_found', 'exit_code', 'file_not_read', 'rejected'][
          1 + bitShiftRight(h, 28) %% 5] AS err,
        if(k >= 50 AND k < 80, ['claude-opus-4', 'claude-sonnet-4', 'gpt-5'][
          1 + bitShiftRight(h, 26) %% 3], '') AS model
      FROM numbers(%d, %d)
      """;

  private ClickHouseRows() {}

  /**
   * An INSERT of some of them.
   *
   * @param table the table of events
   * @param all how many there are to be
   */
  static String insert(String table, long all, long from, long count) {
    return "INSERT INTO "
        + table
        + " ("
        + COLUMNS
        + ") SELECT "
        + VALUES.formatted(BEGINNING, NINETY_DAYS / all)
        + " FROM ("
        + FROM.formatted(from, count)
        + ") SETTINGS max_partitions_per_insert_block = 0";
  }
}
