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
    if (filter instanceof Filter.And and) {
      return and.all().stream().allMatch(SqlFilter::isMet);
    } else if (filter instanceof Filter.Or or) {
      return or.any().stream().allMatch(SqlFilter::isMet);
    } else if (filter instanceof Filter.Not not) {
      return isMet(not.filter());
    } else if (filter instanceof Filter.Contains contains) {
      return isPlain(contains.text());
    }
    return !(filter instanceof Filter.Anywhere anywhere) || isPlain(anywhere.text());
  }

  /** SQLite folds the case of ASCII only, and its texts end at NUL in LIKE. */
  private static boolean isPlain(String text) {
    return text.chars().allMatch(c -> c > 0 && c < 128);
  }

  private static String sql(Filter filter, List<Object> arguments) {
    if (filter instanceof Filter.And and) {
      return joined(and.all(), " AND ", "TRUE", arguments);
    } else if (filter instanceof Filter.Or or) {
      return joined(or.any(), " OR ", "FALSE", arguments);
    } else if (filter instanceof Filter.Not not) {
      return "NOT ifnull(" + sql(not.filter(), arguments) + ", FALSE)";
    } else if (filter instanceof Filter.In in) {
      String marks = "?" + ", ?".repeat(in.texts().size() - 1);
      arguments.addAll(in.texts());
      return text(in.attribute()) + " IN (" + marks + ")";
    } else if (filter instanceof Filter.Flag flag) {
      return flag.field().column() + (flag.value() ? " = 1" : " = 0");
    } else if (filter instanceof Filter.Absent absent) {
      return value(absent.attribute()) + " IS NULL";
    } else if (filter instanceof Filter.Time time) {
      return time(time.since(), time.until(), arguments);
    } else if (filter instanceof Filter.Between between) {
      String number = "CAST(" + number(between.attribute()) + " AS REAL)";
      arguments.add(between.atLeast());
      arguments.add(between.below());
      return "(" + number + " >= ? AND " + number + " < ?)";
    } else if (filter instanceof Filter.StartsWith starts) {
      return startsWith(starts, arguments);
    } else if (filter instanceof Filter.Contains contains) {
      arguments.add(pattern(contains.text()));
      return text(contains.attribute()) + " LIKE ? ESCAPE '\\'";
    } else if (filter instanceof Filter.Anywhere anywhere) {
      return anywhere(anywhere, arguments);
    }
    return filter instanceof Filter.Everything ? "TRUE" : "FALSE";
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

  /** A range, which an index can answer; no text goes on with the last character of Unicode. */
  private static String startsWith(Filter.StartsWith starts, List<Object> arguments) {
    String text = text(starts.attribute());
    if (starts.beginning().isEmpty()) {
      return "(" + text + " IS NOT NULL)";
    }
    arguments.add(starts.beginning());
    arguments.add(starts.beginning() + Character.toString(Character.MAX_CODE_POINT));
    return "(" + text + " >= ? AND " + text + " < ?)";
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
    if (attribute instanceof Attribute.Column column) {
      Field field = column.field();
      return isOf(field, Field.Kind.TEXT, Field.Kind.JSON) ? field.column() : "NULL";
    }
    return ifType(((Attribute.Detail) attribute).key(), "= 'text'");
  }

  /** The number in an attribute, else NULL. */
  static String number(Attribute attribute) {
    if (attribute instanceof Attribute.Column column) {
      Field field = column.field();
      return isOf(field, Field.Kind.INTEGER, Field.Kind.REAL) ? field.column() : "NULL";
    }
    return ifType(((Attribute.Detail) attribute).key(), "IN ('integer', 'real')");
  }

  /** Anything in an attribute, else NULL. */
  static String value(Attribute attribute) {
    return attribute instanceof Attribute.Column column
        ? column.field().column()
        : "(details ->> " + path(((Attribute.Detail) attribute).key()) + ")";
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
