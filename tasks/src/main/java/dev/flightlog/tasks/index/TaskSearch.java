package dev.flightlog.tasks.index;

import dev.flightlog.event.Timestamps;
import dev.flightlog.tasks.TaskField;
import dev.flightlog.tasks.TaskStatus;
import dev.flightlog.tasks.index.TaskQuery.Sort;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers one search. Each condition is first counted up to a limit through its own index. If one
 * of them is narrow, its tasks are taken, looked at and sorted. If none is, matches stand close
 * together, and reading in the order that is wanted finds a page soon. SQLite cannot tell the two
 * apart, because it plans without knowing the values.
 */
final class TaskSearch {
  /** More tasks than this are not sorted but met in their order. */
  private static final int NARROW = 20_000;

  private static final String COST = TaskColumns.of(TaskField.COST_USD);

  private final Connection connection;
  private final TaskQuery query;
  private final List<Condition> conditions = new ArrayList<>();

  /**
   * @param column that an index begins with; empty for the words, which have one of their own
   * @param test behind the column's name
   */
  private record Condition(String column, String test, List<Object> values) {
    boolean isWords() {
      return column.isEmpty();
    }

    /** True when the index gives the tasks that meet it in the order of time. */
    boolean hasOrderOfTime() {
      return isWords()
          || (values.size() == 1
              && test.startsWith("=")
              && !column.equals(TaskColumns.of(TaskField.ASSIGNED_AGENT)));
    }

    /** A plus before the column keeps SQLite from using its index. */
    String sql(boolean indexed) {
      return isWords()
          ? "id IN (SELECT rowid FROM words WHERE words MATCH ?)"
          : (indexed ? "" : "+") + column + " " + test;
    }
  }

  TaskSearch(Connection connection, TaskQuery query) {
    this.connection = connection;
    this.query = query;
    equal(TaskField.ASSIGNED_AGENT, query.agent());
    equal(TaskField.PROVIDER, query.provider());
    equal(TaskField.SOURCE, query.source());
    if (!query.statuses().isEmpty()) {
      List<Object> words = new ArrayList<>();
      new TreeSet<>(query.statuses()).stream().map(TaskStatus::word).forEach(words::add);
      String test = words.size() == 1 ? "= ?" : "IN (?" + ", ?".repeat(words.size() - 1) + ")";
      conditions.add(new Condition(TaskColumns.of(TaskField.STATUS), test, words));
    }
    if (query.minCost() != null) {
      conditions.add(new Condition(COST, ">= ?", List.of(query.minCost())));
    }
    String words = query.text() == null ? "" : SearchWords.query(query.text());
    if (!words.isEmpty()) {
      conditions.add(new Condition("", "", List.of(words)));
    }
  }

  private void equal(TaskField field, @Nullable String value) {
    if (value != null) {
      conditions.add(new Condition(TaskColumns.of(field), "= ?", List.of(value)));
    }
  }

  TaskPage run() throws SQLException {
    PageToken token = PageToken.of(query);
    Condition narrow = narrowest();
    StringBuilder sql = new StringBuilder();
    List<Object> values = new ArrayList<>();
    boolean byWords = wordsLead() && (narrow == null || narrow.isWords());
    boolean natural = narrow == null || narrow.hasOrderOfTime();
    // First the rows alone, so that whole tasks are read of one page only; a cross join of SQLite
    // keeps their order.
    sql.append("SELECT ").append(TaskColumns.QUALIFIED).append(" FROM (SELECT ");
    sql.append(byWords ? "words.rowid AS row FROM words" : "id AS row FROM tasks");
    sql.append(byWords && conditions.size() > 1 ? " CROSS JOIN tasks ON id = words.rowid" : "");
    sql.append(" WHERE 1");
    for (Condition condition : conditions) {
      boolean leads = byWords && condition.isWords();
      boolean sorts = query.sort() == Sort.COSTLIEST && condition.column().equals(COST);
      sql.append(" AND ")
          .append(leads ? "words MATCH ?" : condition.sql(condition == narrow || sorts));
      values.addAll(condition.values());
    }
    place(sql, values, token, byWords ? "words.rowid" : natural ? "id" : "+id");
    sql.append(") CROSS JOIN tasks ON id = row");
    List<IndexedTask> found = new ArrayList<>();
    TaskRow last = null;
    boolean more = false;
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          if (found.size() == query.limit()) {
            more = true;
            break;
          }
          last = TaskRows.read(rows);
          found.add(TaskRows.task(last));
        }
      }
    }
    return new TaskPage(found, more && last != null ? token(last).encode(query) : null);
  }

  /** True when the words decide the order of reading: their rows stand in the order of time. */
  private boolean wordsLead() {
    return (query.sort() == Sort.NEWEST || query.sort() == Sort.OLDEST)
        && conditions.stream().anyMatch(Condition::isWords);
  }

  /** Adds the span of time, the place of the page, order and limit. */
  private void place(
      StringBuilder sql, List<Object> values, @Nullable PageToken token, String row) {
    if (query.from() != null) {
      sql.append(" AND ").append(row).append(" >= ?");
      values.add(TaskRows.firstRow(Timestamps.of(query.from())));
    }
    if (query.to() != null) {
      sql.append(" AND ").append(row).append(" < ?");
      values.add(TaskRows.firstRow(Timestamps.of(query.to())));
    }
    String key =
        switch (query.sort()) {
          case COSTLIEST -> COST;
          case LONGEST -> TaskColumns.of(TaskField.DURATION_MS);
          case NEWEST, OLDEST -> "";
        };
    if (key.isEmpty()) {
      boolean newest = query.sort() == Sort.NEWEST;
      if (token != null) {
        sql.append(" AND ").append(row).append(newest ? " < ?" : " > ?");
        values.add(token.row());
      }
      sql.append(" ORDER BY ").append(row).append(newest ? " DESC" : "");
    } else {
      sql.append(" AND ").append(key).append(" IS NOT NULL");
      if (token != null) {
        sql.append(" AND (").append(key).append(", id) < (?, ?)");
        values.add(token.key());
        values.add(token.row());
      }
      sql.append(" ORDER BY ").append(key).append(" DESC, id DESC");
    }
    sql.append(" LIMIT ?");
    values.add(query.limit() + 1);
  }

  private PageToken token(TaskRow last) {
    double key =
        switch (query.sort()) {
          case NEWEST, OLDEST -> 0;
          case COSTLIEST -> last.cost == null ? 0 : last.cost;
          case LONGEST -> last.durationMs == null ? 0 : last.durationMs;
        };
    return new PageToken(key, last.id);
  }

  /** The condition that fewest tasks meet, when these are few; else null. */
  private @Nullable Condition narrowest() throws SQLException {
    Condition best = null;
    long fewest = NARROW;
    for (Condition condition : conditions) {
      String from =
          condition.isWords()
              ? "words WHERE words MATCH ?"
              : "tasks WHERE " + condition.column() + " " + condition.test();
      List<Object> values = new ArrayList<>(condition.values());
      values.add(fewest);
      try (PreparedStatement count =
          connection.prepareStatement(
              "SELECT count(*) FROM (SELECT 1 FROM " + from + " LIMIT ?)")) {
        bind(count, values);
        try (ResultSet rows = count.executeQuery()) {
          if (rows.next() && rows.getLong(1) < fewest) {
            fewest = rows.getLong(1);
            best = condition;
          }
        }
      }
    }
    return best;
  }

  private static void bind(PreparedStatement statement, List<Object> values) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }
}
