package dev.flightlog.stores.clickhouse.sql;

import dev.flightlog.event.Field;
import dev.flightlog.store.Attribute;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.clickhouse.rows.HotDetail;

/** What an attribute is in SQL: NULL where it is absent or of another type. */
public final class AttributeSql {
  private static final String DOCUMENT = "ifNull(details_plain, details)";
  private static final String NO_TEXT = "CAST(NULL AS Nullable(String))";
  private static final String NO_NUMBER = "CAST(NULL AS Nullable(Float64))";

  private AttributeSql() {}

  /** The text in it. */
  public static String text(Attribute attribute) {
    if (attribute instanceof Attribute.Column(Field field)) {
      return switch (field.kind()) {
        case TEXT, JSON -> EventRow.column(field);
        case TIME, INTEGER, REAL, BOOLEAN -> NO_TEXT;
      };
    }
    Attribute.Detail detail = (Attribute.Detail) attribute;
    HotDetail hot = HotDetail.of(detail);
    if (hot != null && hot.isText()) {
      return hot.column();
    }
    String key = Literals.text(detail.key());
    return "if("
        + type(key)
        + " = 'String', JSONExtractString("
        + DOCUMENT
        + ", "
        + key
        + "), NULL)";
  }

  /** The number in it. */
  public static String number(Attribute attribute) {
    if (attribute instanceof Attribute.Column(Field field)) {
      return switch (field.kind()) {
        case TIME, INTEGER, REAL -> EventRow.column(field);
        case TEXT, JSON, BOOLEAN -> NO_NUMBER;
      };
    }
    Attribute.Detail detail = (Attribute.Detail) attribute;
    HotDetail hot = HotDetail.of(detail);
    if (hot != null && !hot.isText()) {
      return hot.column();
    }
    String key = Literals.text(detail.key());
    return "if("
        + type(key)
        + " IN ('Int64', 'UInt64', 'Double'), JSONExtractFloat("
        + DOCUMENT
        + ", "
        + key
        + "), NULL)";
  }

  /** Whether there is any value in it; never NULL. */
  public static String isIn(Attribute attribute) {
    if (attribute instanceof Attribute.Column(Field field)) {
      return "isNotNull(" + EventRow.column(field) + ")";
    }
    Attribute.Detail detail = (Attribute.Detail) attribute;
    HotDetail hot = HotDetail.of(detail);
    if (hot != null) {
      return "(bitAnd(present, " + hot.bit() + ") != 0)";
    }
    return "ifNull(" + type(Literals.text(detail.key())) + " != 'Null', 0)";
  }

  private static String type(String key) {
    return "JSONType(" + DOCUMENT + ", " + key + ")";
  }
}
