package dev.flightlog.tasks.index;

import dev.flightlog.tasks.TaskField;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The columns of the table of tasks: one for each {@link TaskField}, and two of the index's own.
 */
final class TaskColumns {
  /** Row number, and the time since when the status holds. */
  private static final List<String> OWN =
      List.of("id INTEGER PRIMARY KEY", "status_at INTEGER NOT NULL");

  /** In the order of a row: first those of the index, then those of a task. */
  static final List<String> NAMES =
      Stream.concat(
              OWN.stream().map(column -> column.substring(0, column.indexOf(' '))),
              Arrays.stream(TaskField.values()).map(TaskColumns::of))
          .toList();

  /** For a SELECT. */
  static final String ALL = String.join(", ", NAMES);

  /** For a SELECT that joins other tables. */
  static final String QUALIFIED =
      NAMES.stream().map("tasks."::concat).collect(Collectors.joining(", "));

  private TaskColumns() {}

  /** The column of a field; some are older than the field's name. */
  static String of(TaskField field) {
    return switch (field) {
      case CREATED_AT -> "created";
      case STARTED_AT -> "started";
      case ENDED_AT -> "ended";
      case ASSIGNED_AGENT -> "agent";
      case COST_USD -> "cost";
      case TASK_ID,
          SOURCE,
          PROVIDER,
          STATUS,
          USER_ID,
          REQUEST,
          AGENT_TYPE,
          MODEL,
          CONFIDENCE,
          EVALUATIONS,
          SUCCESS,
          DURATION_MS,
          ERROR ->
          field.key();
    };
  }

  /** The statement that makes the table. */
  static String table() {
    return Stream.concat(OWN.stream(), Arrays.stream(TaskField.values()).map(TaskColumns::sql))
        .collect(Collectors.joining(",\n  ", "CREATE TABLE tasks (\n  ", "\n)"));
  }

  private static String sql(TaskField field) {
    String type =
        switch (field.kind()) {
          case TEXT, SHARES -> "TEXT";
          case TIME, FLAG, WHOLE -> "INTEGER";
          case REAL, SHARE -> "REAL";
        };
    String rule =
        switch (field) {
          case TASK_ID -> " NOT NULL UNIQUE";
          case CREATED_AT, STATUS -> " NOT NULL";
          default -> "";
        };
    return of(field) + " " + type + rule;
  }
}
