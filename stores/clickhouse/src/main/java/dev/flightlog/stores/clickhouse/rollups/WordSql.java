package dev.flightlog.stores.clickhouse.rollups;

import dev.flightlog.store.Dimension;
import dev.flightlog.store.search.EventTexts;
import dev.flightlog.stores.clickhouse.rows.EventRow;
import java.util.StringJoiner;

/**
 * The words of events, in SQL. They are the runs of ASCII letters and digits, those that capital
 * letters begin besides, each of at most 64 characters: coarser than {@link
 * dev.flightlog.store.search.Words}, so that every word of these has its runs among them, and may
 * tell of too many hours but never of too few. What cannot be taken apart so is marked.
 */
public final class WordSql {
  /** Stands for every word. */
  public static final String ANY = "*";

  /** Parts of an hour. */
  public static final int PARTS = 64;

  public static final long PART_MICROS = Dimension.Span.HOUR.micros() / PARTS;

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

  private WordSql() {}

  /** Each word of each of these events. */
  static String words(String events) {
    StringJoiner fields = new StringJoiner(", ' ', ");
    EventTexts.FIELDS.forEach(field ->
        fields.add("ifNull(CAST(" + EventRow.column(field) + " AS Nullable(String)), '')"));
    return "SELECT start_, part, arrayJoin(words_) AS word FROM (SELECT start_,"
        + " intDiv(micros - start_, "
        + PART_MICROS
        + ") AS part, ifNull(details, '') AS raw_, concat("
        + fields
        + ", ' ', if(position(raw_, '\\\\') > 0,"
        + " replaceRegexpAll(raw_, '\\\\\\\\(u[0-9a-fA-F]{4}|.)', ' '), raw_)) AS text_,"
        + " if(match(text_, '[a-z0-9][A-Z]|[A-Z][A-Z][a-z]'),"
        + " replaceRegexpAll(replaceRegexpAll(text_, '([A-Z])([A-Z][a-z])', '\\\\1 \\\\2'),"
        + " '([a-z0-9])([A-Z])', '\\\\1 \\\\2'), '') AS apart_,"
        + " arrayDistinct(arrayMap(w -> substring(w, 1, 64), arrayConcat("
        + "extractAll(lower(concat(text_, ' ', apart_)), '[a-z0-9]+'), if(match(concat(text_, ' ', raw_), "
        + ODD
        + "), ['"
        + ANY
        + "'], [])))) AS words_ FROM "
        + events
        + ")";
  }
}
