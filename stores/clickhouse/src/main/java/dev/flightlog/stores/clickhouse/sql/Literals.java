package dev.flightlog.stores.clickhouse.sql;

import java.util.Collection;
import java.util.Iterator;

/** Values as SQL of ClickHouse. */
public final class Literals {
  private Literals() {}

  public static String text(String value) {
    StringBuilder sql = new StringBuilder(value.length() + 8);
    text(value, sql);
    return sql.toString();
  }

  private static void text(String value, StringBuilder sql) {
    sql.append('\'');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\'' -> sql.append("\\'");
        case '\\' -> sql.append("\\\\");
        case '\0' -> sql.append("\\0");
        default -> sql.append(c);
      }
    }
    sql.append('\'');
  }

  /** {@code ('a', 'b')}; of at least one. */
  public static String texts(Collection<String> values) {
    StringBuilder sql = new StringBuilder("(");
    for (Iterator<String> each = values.iterator(); each.hasNext(); ) {
      text(each.next(), sql);
      sql.append(each.hasNext() ? ", " : ")");
    }
    return sql.toString();
  }

  static String real(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    return Double.isInfinite(value) ? (value < 0 ? "-inf" : "inf") : Double.toString(value);
  }

  /** The least Int64 cannot be written as one number. */
  public static String whole(long value) {
    return value == Long.MIN_VALUE ? "(-9223372036854775807 - 1)" : Long.toString(value);
  }
}
