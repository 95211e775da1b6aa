package dev.flightlog.stores.sqlite.sql;

import dev.flightlog.event.Field;
import dev.flightlog.event.json.JsonWriter;
import dev.flightlog.store.Attribute;
import dev.flightlog.store.Filter;
import dev.flightlog.store.sql.AsciiTexts;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A filter as SQL over {@code event_rows}. NULL counts as false, so only {@code NOT} has to turn it
 * into that. What SQLite cannot do as {@link Filter#matches} means it, a search beyond ASCII, is
 * left unmet.
 *
 * @param sql an expression
 * @param arguments what its question marks stand for, in order
 * @param unmet what the caller has to do
 */
public record SqlFilter(String sql, List<Object> arguments, Filter unmet) {

  /** SQLite folds the case of ASCII only, and its texts end at NUL in LIKE. */
  private static final AsciiTexts IS_MET = new AsciiTexts((char) 1);

  /** Translates what SQLite can do of the filter; the rest is left {@link #unmet}. */
  public static SqlFilter of(Filter filter) {
    if (filter.as(IS_MET)) {
      return translated(filter, Filter.EVERYTHING);
    }
    if (!(filter instanceof Filter.And(List<Filter> all))) {
      return new SqlFilter("TRUE", List.of(), filter);
    }
    List<Filter> met = new ArrayList<>(all);
    met.removeIf(part -> !part.as(IS_MET));
    List<Filter> unmet = new ArrayList<>(all);
    unmet.removeAll(met);
    return translated(Filter.and(met), Filter.and(unmet));
  }

  private static SqlFilter translated(Filter filter, Filter unmet) {
    Expression expression = new Expression();
    return new SqlFilter(filter.as(expression), expression.arguments, unmet);
  }

  /** The expression, and its arguments as they come up. */
  private static final class Expression implements Filter.Cases<String> {
    /** SQLite binds some 32,000 values at most; a longer list goes in as one of JSON. */
    private static final int MOST_MARKS = 1000;

    private static final String LIKE = " LIKE ? ESCAPE '\\'";

    final List<Object> arguments = new ArrayList<>();

    private String joined(List<Filter> filters, String by, String none) {
      StringBuilder sql = new StringBuilder();
      for (Iterator<Filter> each = filters.iterator(); each.hasNext(); ) {
        sql.append(each.next().as(this)).append(each.hasNext() ? by : "");
      }
      return sql.isEmpty() ? none : "(" + sql + ")";
    }

    @Override
    public String everything() {
      return "TRUE";
    }

    @Override
    public String nothing() {
      return "FALSE";
    }

    @Override
    public String and(Filter.And filter) {
      return joined(filter.all(), " AND ", "TRUE");
    }

    @Override
    public String or(Filter.Or filter) {
      return joined(filter.any(), " OR ", "FALSE");
    }

    @Override
    public String not(Filter.Not filter) {
      return "NOT ifnull(" + filter.filter().as(this) + ", FALSE)";
    }

    @Override
    public String in(Filter.In filter) {
      if (filter.texts().size() > MOST_MARKS) {
        arguments.add(new JsonWriter().value(List.copyOf(filter.texts())).toString());
        return whose(filter.attribute(), " IN (SELECT value FROM json_each(?))");
      }
      arguments.addAll(filter.texts());
      return filter.texts().size() == 1
          ? whose(filter.attribute(), " = ?")
          : whose(filter.attribute(), " IN (?" + ", ?".repeat(filter.texts().size() - 1) + ")");
    }

    /**
     * A condition about the text of an attribute.
     *
     * @param condition what stands behind the text; once, and one text alone may be {@code = ?}
     */
    private static String whose(Attribute attribute, String condition) {
      if (attribute instanceof Attribute.Column(Field field) && NumberedFields.contains(field)) {
        String is = condition.startsWith(" = ") ? " = " : " IN ";
        return field.column() + is + NumberedFields.table(field).numbers(condition);
      }
      return text(attribute) + condition;
    }

    @Override
    public String flag(Filter.Flag filter) {
      return filter.field().column() + (filter.value() ? " = 1" : " = 0");
    }

    @Override
    public String absent(Filter.Absent filter) {
      return value(filter.attribute()) + " IS NULL";
    }

    @Override
    public String time(Filter.Time filter) {
      String sql = "timestamp >= ?";
      arguments.add(filter.since());
      if (filter.until() != Long.MAX_VALUE) {
        sql += " AND timestamp < ?";
        arguments.add(filter.until());
      }
      return "(" + sql + ")";
    }

    @Override
    public String between(Filter.Between filter) {
      String number = "CAST(" + number(filter.attribute()) + " AS REAL)";
      arguments.add(filter.atLeast());
      arguments.add(filter.below());
      return "(" + number + " >= ? AND " + number + " < ?)";
    }

    /** A range, which an index can answer; no text goes on with the last character of Unicode. */
    @Override
    public String startsWith(Filter.StartsWith filter) {
      Attribute attribute = filter.attribute();
      if (filter.beginning().isEmpty()) {
        boolean numbered = NumberedFields.contains(attribute);
        return "(" + (numbered ? value(attribute) : text(attribute)) + " IS NOT NULL)";
      }
      arguments.add(filter.beginning());
      arguments.add(filter.beginning() + Character.toString(Character.MAX_CODE_POINT));
      if (attribute instanceof Attribute.Column(Field field) && NumberedFields.contains(field)) {
        NumberedFields.Table table = NumberedFields.table(field);
        return whose(attribute, " >= ? AND " + table.column + " < ?");
      }
      String text = text(attribute);
      return "(" + text + " >= ? AND " + text + " < ?)";
    }

    @Override
    public String contains(Filter.Contains filter) {
      arguments.add(pattern(filter.text()));
      return whose(filter.attribute(), LIKE);
    }

    @Override
    public String anywhere(Filter.Anywhere filter) {
      StringBuilder sql = new StringBuilder("(details LIKE ? ESCAPE '\\'");
      arguments.add(pattern(filter.text()));
      if (!filter.escaped().equals(filter.text())) {
        sql.append(" OR details LIKE ? ESCAPE '\\'");
        arguments.add(pattern(filter.escaped()));
      }
      for (Field field : Filter.Anywhere.FIELDS) {
        sql.append(" OR ").append(whose(Attribute.of(field), LIKE));
        arguments.add(pattern(filter.text()));
      }
      return sql.append(')').toString();
    }

    private static String pattern(String text) {
      String literal = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
      return "%" + literal + "%";
    }
  }

  /**
   * The text in an attribute, else NULL; of a {@linkplain NumberedFields numbered} one its number.
   */
  public static String text(Attribute attribute) {
    if (attribute instanceof Attribute.Column column) {
      Field field = column.field();
      return field == Field.SOURCE
          ? "(" + SourceText.SQL + ")"
          : isOf(field, Field.Kind.TEXT, Field.Kind.JSON) ? field.column() : "NULL";
    }
    return ifType(((Attribute.Detail) attribute).key(), "= 'text'");
  }

  /** The number in an attribute, else NULL. */
  public static String number(Attribute attribute) {
    if (attribute instanceof Attribute.Column column) {
      Field field = column.field();
      return isOf(field, Field.Kind.INTEGER, Field.Kind.REAL) ? field.column() : "NULL";
    }
    return ifType(((Attribute.Detail) attribute).key(), "IN ('integer', 'real')");
  }

  /** Anything in an attribute, else NULL. */
  public static String value(Attribute attribute) {
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
