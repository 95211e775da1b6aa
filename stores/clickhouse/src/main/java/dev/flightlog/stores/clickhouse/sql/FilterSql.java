package dev.flightlog.stores.clickhouse.sql;

import dev.flightlog.event.Field;
import dev.flightlog.store.Filter;
import dev.flightlog.store.sql.AsciiTexts;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A filter as SQL over {@code events}. NULL counts as false, so only {@code NOT} has to turn it
 * into that. A search beyond ASCII folds case as ClickHouse does not, and is left unmet.
 *
 * @param sql an expression
 * @param unmet what the caller has to do
 */
public record FilterSql(String sql, Filter unmet) {
  /** ClickHouse folds the case of ASCII only. */
  private static final AsciiTexts IS_MET = new AsciiTexts((char) 0);

  /** Translates what ClickHouse can do of the filter; the rest is left {@link #unmet}. */
  public static FilterSql of(Filter filter) {
    if (isMet(filter)) {
      return new FilterSql(sql(filter), Filter.EVERYTHING);
    }
    if (!(filter instanceof Filter.And(List<Filter> all))) {
      return new FilterSql("1", filter);
    }
    List<Filter> met = new ArrayList<>(all);
    met.removeIf(part -> !isMet(part));
    List<Filter> unmet = new ArrayList<>(all);
    unmet.removeAll(met);
    return new FilterSql(sql(Filter.and(met)), Filter.and(unmet));
  }

  /** Whether ClickHouse does all of it. */
  static boolean isMet(Filter filter) {
    return filter.as(IS_MET);
  }

  /** The SQL of a filter that is met. */
  static String sql(Filter filter) {
    return filter.as(new Expression());
  }

  private static final class Expression implements Filter.Cases<String> {
    private String joined(List<Filter> filters, String by) {
      StringBuilder sql = new StringBuilder("(");
      for (Iterator<Filter> each = filters.iterator(); each.hasNext(); ) {
        sql.append(each.next().as(this)).append(each.hasNext() ? by : ")");
      }
      return sql.toString();
    }

    @Override
    public String everything() {
      return "1";
    }

    @Override
    public String nothing() {
      return "0";
    }

    @Override
    public String and(Filter.And filter) {
      return filter.all().isEmpty() ? "1" : joined(filter.all(), " AND ");
    }

    @Override
    public String or(Filter.Or filter) {
      return filter.any().isEmpty() ? "0" : joined(filter.any(), " OR ");
    }

    @Override
    public String not(Filter.Not filter) {
      return "NOT ifNull(" + filter.filter().as(this) + ", 0)";
    }

    @Override
    public String in(Filter.In filter) {
      return "("
          + AttributeSql.text(filter.attribute())
          + " IN "
          + Literals.texts(filter.texts())
          + ")";
    }

    @Override
    public String flag(Filter.Flag filter) {
      return "(" + filter.field().column() + " = " + filter.value() + ")";
    }

    @Override
    public String absent(Filter.Absent filter) {
      return "NOT " + AttributeSql.isIn(filter.attribute());
    }

    @Override
    public String time(Filter.Time filter) {
      String since = "micros >= " + Literals.whole(filter.since());
      return filter.until() == Long.MAX_VALUE
          ? "(" + since + ")"
          : "(" + since + " AND micros < " + Literals.whole(filter.until()) + ")";
    }

    @Override
    public String between(Filter.Between filter) {
      String number = "toFloat64(" + AttributeSql.number(filter.attribute()) + ")";
      return "("
          + number
          + " >= "
          + Literals.real(filter.atLeast())
          + " AND "
          + number
          + " < "
          + Literals.real(filter.below())
          + ")";
    }

    @Override
    public String startsWith(Filter.StartsWith filter) {
      String text = AttributeSql.text(filter.attribute());
      return filter.beginning().isEmpty()
          ? "isNotNull(" + text + ")"
          : "startsWith(" + text + ", " + Literals.text(filter.beginning()) + ")";
    }

    @Override
    public String contains(Filter.Contains filter) {
      return contains(AttributeSql.text(filter.attribute()), filter.text());
    }

    private static String contains(String column, String text) {
      return text.isEmpty()
          ? "isNotNull(" + column + ")"
          : "(positionCaseInsensitive(" + column + ", " + Literals.text(text) + ") > 0)";
    }

    @Override
    public String anywhere(Filter.Anywhere filter) {
      StringBuilder sql = new StringBuilder("(").append(contains("details", filter.text()));
      if (!filter.escaped().equals(filter.text())) {
        sql.append(" OR ").append(contains("details", filter.escaped()));
      }
      for (Field field : Filter.Anywhere.FIELDS) {
        sql.append(" OR ").append(contains(EventRow.column(field), filter.text()));
      }
      return sql.append(')').toString();
    }
  }
}
