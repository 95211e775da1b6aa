package dev.flightlog.store.sql;

import dev.flightlog.store.StoreException;
import dev.flightlog.store.StoreException.Kind;
import java.util.Collection;
import java.util.Locale;

/**
 * What a person may ask in SQL: one statement that begins with a word that only reads. It is a
 * clear word to the person; that nothing can be written is seen to by the engine. A help for
 * stores.
 */
public final class ReadingStatement {
  private ReadingStatement() {}

  /**
   * Refuses anything else.
   *
   * @param words in capital letters, as they are to be told
   * @throws StoreException REFUSED
   */
  public static void require(String statement, Collection<String> words) {
    String bare = withoutTexts(statement).strip();
    if (bare.endsWith(";")) {
      bare = bare.substring(0, bare.length() - 1).strip();
    }
    String first = bare.split("\\W", 2)[0].toUpperCase(Locale.ROOT);
    if (!words.contains(first) || bare.contains(";")) {
      String all = String.join(", ", words);
      int last = all.lastIndexOf(", ");
      throw new StoreException(
          Kind.REFUSED,
          "only one reading statement is taken: "
              + (last < 0 ? all : all.substring(0, last) + " or " + all.substring(last + 2)));
    }
  }

  /** The statement without comments and without what stands in quotes. */
  private static String withoutTexts(String sql) {
    StringBuilder bare = new StringBuilder();
    for (int i = 0; i < sql.length(); i++) {
      char c = sql.charAt(i);
      String end =
          switch (c) {
            case '\'', '"', '`' -> String.valueOf(c);
            case '[' -> "]";
            case '-' -> sql.startsWith("--", i) ? "\n" : "";
            case '/' -> sql.startsWith("/*", i) ? "*/" : "";
            default -> "";
          };
      if (end.isEmpty()) {
        bare.append(c);
      } else {
        int found = sql.indexOf(end, i + (c == '/' ? 2 : 1));
        i = found < 0 ? sql.length() : found + end.length() - 1;
        bare.append(' ');
      }
    }
    return bare.toString();
  }
}
