package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.event.Field;
import dev.flightlog.store.search.EventTexts;
import dev.flightlog.stores.clickhouse.rollups.Parts.Stretch;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import dev.flightlog.stores.clickhouse.sql.Literals;
import java.util.StringJoiner;

/**
 * The words of events, in SQL. They are the runs of ASCII letters and digits, those that capital
 * letters begin besides, each of at most 64 characters: coarser than {@link
 * dev.flightlog.store.search.Words}, so that every word of these has its runs among them, and may
 * tell of too many parts of a time but never of too few. What cannot be taken apart so is marked.
 */
public final class WordSql {
  /** Stands for every word. */
  public static final String ANY = "*";

  /** Beyond ASCII, without the signs that often stand behind words: dashes, arrows, boxes. */
  private static final String OTHER_LETTER =
      "[^\\\\x{0}-\\\\x{a9}\\\\x{ab}-\\\\x{b4}\\\\x{b6}-\\\\x{b9}\\\\x{bb}-\\\\x{bf}\\\\x{d7}\\\\x{f7}"
          + "\\\\x{2010}-\\\\x{2070}\\\\x{2190}-\\\\x{2bff}\\\\x{1f000}-\\\\x{1faff}]";

  /** Letters that are escaped; capitals before other letters; marks; the sign of Kelvin. */
  private static final String ODD =
      "'\\\\\\\\u00([46][1-9a-fA-F]|[57][0-9aA]|3[0-9])|\\\\\\\\u212[aA]|\\\\\\\\u03[0-6]"
          + "|[A-Z][A-Z](\\\\\\\\u|"
          + OTHER_LETTER
          + ")|[\\\\x{300}-\\\\x{36f}\\\\x{212a}]'";

  /** A run in lower case, and those in it that capital letters begin: of different runs, once. */
  private static final String PARTS =
      "if(match(word_, '[a-z0-9][A-Z]|[A-Z][A-Z][a-z]'), arrayPushBack(tokens(lower("
          + "replaceRegexpAll(replaceRegexpAll(word_, '([A-Z])([A-Z][a-z])', '\\\\1 \\\\2'),"
          + " '([a-z0-9])([A-Z])', '\\\\1 \\\\2'))), lower(word_)), [lower(word_)])";

  private WordSql() {}

  /**
   * The statement that notes the words of one length of time. Of columns that recur each text is
   * looked at once a part, however many events have it.
   */
  static String insert(SumTables tables, long build, Level level, long start) {
    long end = start + level.micros();
    String bit =
        "bitShiftLeft(toUInt64(1), intDiv(micros - "
            + Literals.whole(start)
            + ", "
            + level.partMicros()
            + ")) AS bit_";
    String events =
        tables.events() + " FINAL WHERE aside = 0 AND " + Parts.within(new Stretch(start, end));
    StringJoiner fields = new StringJoiner(", ' ', ", "concat(", ")");
    EventTexts.FIELDS.forEach(field -> fields.add(text(field)));
    StringJoiner columns = new StringJoiner(", ");
    EventTexts.FIELDS.forEach(field -> columns.add(EventRow.column(field)));
    String recurring = "(SELECT DISTINCT " + bit + ", " + columns + " FROM " + events + ")";
    return "INSERT INTO "
        + tables.words()
        + " (word, level, start, build, parts) SELECT substring(part_, 1, 64) AS run_, "
        + level.ordinal()
        + ", "
        + Literals.whole(start)
        + ", "
        + build
        + ", groupBitOr(bits_) FROM (SELECT arrayJoin("
        + PARTS
        + ") AS part_, bits_ FROM (SELECT word_, groupBitOr(bit_) AS bits_ FROM ("
        + words("(SELECT bit_, " + fields + " AS raw_, raw_ AS text_ FROM " + recurring + ")")
        + " UNION ALL "
        + words(
            "(SELECT "
                + bit
                + ", "
                + text(Field.DETAILS)
                + " AS raw_, if(position(raw_, '\\\\') > 0,"
                + " replaceRegexpAll(raw_, '\\\\\\\\(u[0-9a-fA-F]{4}|.)', ' '), raw_) AS text_ FROM "
                + events
                + ")")
        + ") GROUP BY word_)) GROUP BY run_";
  }

  private static String text(Field field) {
    return "ifNull(CAST(" + EventRow.column(field) + " AS Nullable(String)), '')";
  }

  /** Each run of each of these texts, some more than once; what is dear is done where needed. */
  private static String words(String texts) {
    return "SELECT bit_, arrayJoin(if(("
        + "not isValidASCII(raw_) OR position(raw_, '\\\\u') > 0) AND match(raw_, "
        + ODD
        + "), arrayPushBack(runs_, '"
        + ANY
        + "'), runs_)) AS word_ FROM (SELECT bit_, raw_, tokens(if(isValidASCII(text_), text_,"
        + " replaceRegexpAll(text_, '[^\\\\x{0}-\\\\x{7f}]+', ' '))) AS runs_ FROM "
        + texts
        + ")";
  }
}
