package dev.flightlog.formats.reading;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a format lie in a database: the tables by which it is recognised, and what is
 * asked of it. Each row becomes one JSON object of its columns, with {@code record} naming the
 * query. Immutable.
 *
 * @param tables the columns that it must have, by table, in lower case; no other format has them
 * @param queries in the order in which they are asked
 */
public record DatabaseForm(Map<String, Set<String>> tables, List<Query> queries) {

  /**
   * One statement. A column in square brackets, such as {@code [p.cost]}, is null where the table
   * has none, because older versions of a program know fewer. <code>{since}</code> stands for the
   * condition that a row was added or changed since it was read last.
   *
   * @param record what its rows are
   * @param table whose columns are meant; without it the query is passed over
   * @param since the column that only grows as rows are added or changed, or null: all of it is
   *     read each time
   * @param sql selects
   */
  public record Query(String record, String table, @Nullable String since, String sql) {}

  /** True when a database with these columns by table is of this form. */
  public boolean matches(Map<String, Set<String>> columns) {
    return tables.entrySet().stream()
        .allMatch(
            table -> columns.getOrDefault(table.getKey(), Set.of()).containsAll(table.getValue()));
  }
}
