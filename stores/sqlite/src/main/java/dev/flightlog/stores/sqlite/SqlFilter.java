package dev.flightlog.stores.sqlite;

import dev.flightlog.event.Field;
import dev.flightlog.event.Timestamps;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter as SQL over {@code events}. NULL counts as false, so only {@code NOT} has to turn it
 * into that. What SQLite cannot do as {@link Filter#matches} means it, a search beyond ASCII, is
 * left unmet.
 *
 * @param sql an expression
 * @param arguments what its question marks stand for, in order
 * @param unmet what the caller has to do
 */
record SqlFilter(String sql, List<Object> arguments, Filter unmet) {

  static SqlFilter of(Filter filter) {
    if (isMet(filter)) {
      return translated(filter, Filter.EVERYTHING);
    }
    if (!(filter instanceof Filter.And(List<Filter> all))) {
      return new SqlFilter("TRUE", List.of(), filter);
    }
    List<Filter> met = new ArrayList<>(all);
    met.removeIf(part -> !isMet(part));
    List<Filter> unmet = new ArrayList<>(all);
    unmet.removeAll(met);
    return translated(Filter.and(met), Filter.and(unmet));
  }

  private static SqlFilter translated(Filter filter, Filter unmet) {
    List<Object> arguments = new ArrayList<>();
    return new SqlFilter(sql(filter, arguments), arguments, unmet);
  }

  private static boolean isMet(Filter filter) {
    return switch (filter) {
      case Filter.And(List<Filter> all) -> all.stream().allMatch(SqlFilter::isMet);
      case Filter.Or(List<Filter> any) -> any.stream().allMatch(SqlFilter::isMet);
      case Filter.Not(Filter inner) -> isMet(inner);
      case Filter.Contains(Attribute _, String text) -> isPlain(text);
      case Filter.Anywhere(String text) -> isPlain(text);
      case Filter.Everything _,
          Filter.Nothing _,
          Filter.In _,
          Filter.Flag _,
          Filter.Absent _,
          Filter.Time _,
          Filter.Between _ ->
          true;
    };
  }

  /** SQLite folds the case of ASCII only, and its texts end at NUL in LIKE. */
  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c > 0 && c < 128);
  }

  private static String sql(Filter filter, List<Object> arguments) {
    return switch (filter) {
      case Filter.Everything _ -> "TRUE";
      case Filter.Nothing _ -> "FALSE";
      case Filter.And(List<Filter> all) -> joined(all, " AND ", "TRUE", arguments);
      case Filter.Or(List<Filter> any) -> joined(any, " OR ", "FALSE", arguments);
      case Filter.Not(Filter inner) -> "NOT ifnull(" + sql(inner, arguments) + ", FALSE)";
      case Filter.In in -> {
        String marks = "?" + ", ?".repeat(in.texts().size() - 1);
        arguments.addAll(in.texts());
        yield text(in.attribute()) + " IN (" + marks + ")";
      }
      case Filter.Flag(Field field, boolean value) -> field.column() + (value ? " = 1" : " = 0");
      case Filter.Absent(Attribute attribute) -> value(attribute) + " IS NULL";
      case Filter.Time(long since, long until) -> time(since, until, arguments);
      case Filter.Between between -> {
        String number = "CAST(" + number(between.attribute()) + " AS REAL)";
        arguments.add(between.atLeast());
        arguments.add(between.below());
        yield "(" + number + " >= ? AND " + number + " < ?)";
      }
      case Filter.Contains(Attribute attribute, String text) -> {
        arguments.add(pattern(text));
        yield text(attribute) + " LIKE ? ESCAPE '\\'";
      }
      case Filter.Anywhere anywhere -> anywhere(anywhere, arguments);
    };
  }

  private static String joined(
      List<Filter> filters, String by, String none, List<Object> arguments) {
    StringBuilder sql = new StringBuilder();
    for (Iterator<Filter> each = filters.iterator(); each.hasNext(); ) {
      sql.append(sql(each.next(), arguments)).append(each.hasNext() ? by : "");
    }
    return sql.isEmpty() ? none : "(" + sql + ")";
  }

  private static String time(long since, long until, List<Object> arguments) {
    String sql = "timestamp >= ?";
    arguments.add(since == Long.MIN_VALUE ? "" : Timestamps.text(since));
    if (until != Long.MAX_VALUE) {
      sql += " AND timestamp < ?";
      arguments.add(Timestamps.text(until));
    }
    return "(" + sql + ")";
  }

  private static String anywhere(Filter.Anywhere anywhere, List<Object> arguments) {
    StringBuilder sql = new StringBuilder("(details LIKE ? ESCAPE '\\'");
    arguments.add(pattern(anywhere.text()));
    if (!anywhere.escaped().equals(anywhere.text())) {
      sql.append(" OR details LIKE ? ESCAPE '\\'");
      arguments.add(pattern(anywhere.escaped()));
    }
    for (Field field : Filter.Anywhere.FIELDS) {
      sql.append(" OR ").append(field.column()).append(" LIKE ? ESCAPE '\\'");
      arguments.add(pattern(anywhere.text()));
    }
    return sql.append(')').toString();
  }

  private static String pattern(String text) {
    String literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    return "%" + literal + "%";
  }

  /** The text in an attribute, else NULL. */
  static String text(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Column(Field field) ->
          isOf(field, Field.Kind.TEXT, Field.Kind.JSON) ? field.column() : "NULL";
      case Attribute.Detail(String key) -> ifType(key, "= 'text'");
    };
  }

  /** The number in an attribute, else NULL. */
  static String number(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Column(Field field) ->
          isOf(field, Field.Kind.INTEGER, Field.Kind.REAL) ? field.column() : "NULL";
      case Attribute.Detail(String key) -> ifType(key, "IN ('integer', 'real')");
    };
  }

  /** Anything in an attribute, else NULL. */
  static String value(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Column(Field field) -> field.column();
      case Attribute.Detail(String key) -> "(details ->> " + path(key) + ")";
    };
  }

  private static String ifType(String key, String test) {
    String path = path(key);
    return "CASE WHEN json_type(details, "
        + path
        + ") "
        + test
        + " THEN details ->> "
        + path
        + " END";
  }

  private static String path(String key) {
    return "'$.\"" + key.replace("'", "''") + "\"'";
  }

  private static boolean isOf(Field field, Field.Kind a, Field.@Nullable Kind b) {
    return field.kind() == a || field.kind() == b;
  }
}
