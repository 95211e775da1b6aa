package dev.flightlog.store.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the text of one search. */
final class SearchParser {
  private static final String NOT = "not:";
  private static final String OR = "OR";

  private final String text;
  private final List<List<SearchTerm>> all = new ArrayList<>();
  private final List<SearchTerm> none = new ArrayList<>();
  private int at;
  private int words;
  private boolean joins;

  SearchParser(String text) {
    this.text = text;
    if (text.length() > SearchQuery.LONGEST) {
      throw new SearchTextException(
          "a text to search for has at most "
              + SearchQuery.LONGEST
              + " characters, not "
              + text.length()
              + ": take the words that tell the most");
    }
  }

  SearchQuery parse() {
    while (skipSpaces()) {
      if (isOr()) {
        at += OR.length();
        if (all.isEmpty() || joins) {
          throw new SearchTextException(
              "OR stands between two words, as in timeout OR refused; write \"or\" to look for the word");
        }
        joins = true;
      } else {
        piece();
      }
    }
    if (joins) {
      throw new SearchTextException(
          "there is nothing behind the OR at the end; write \"or\" to look for the word");
    }
    if (all.isEmpty()) {
      throw new SearchTextException(
          none.isEmpty()
              ? "there is no word to search for; a word has letters or digits"
              : "say what to find, too, and not only what it is without: git not:status");
    }
    return new SearchQuery(text, all, none);
  }

  SearchQuery phrase() {
    List<String> found = counted(Words.in(text));
    if (found.isEmpty()) {
      throw new SearchTextException("there is no word to search for; a word has letters or digits");
    }
    return new SearchQuery(text, List.of(List.of(new SearchTerm(null, found, false))), List.of());
  }

  private boolean skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at < text.length();
  }

  private boolean isOr() {
    int end = at + OR.length();
    return text.startsWith(OR, at)
        && (end == text.length() || Character.isWhitespace(text.charAt(end)));
  }

  private void piece() {
    int begin = at;
    boolean without = text.startsWith(NOT, at) && isMore(at + NOT.length());
    at += without ? NOT.length() : 0;
    SearchField field = field();
    List<String> found;
    boolean open;
    if (text.charAt(at) == '"') {
      int close = closing(at + 1);
      String phrase = text.substring(at + 1, close);
      found = Words.in(phrase);
      open = isOpen(phrase);
      at = close + 1;
    } else {
      int end = at;
      while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      String piece = text.substring(at, end);
      found = Words.in(piece);
      open = isOpen(piece);
      at = end;
    }
    if (!counted(found).isEmpty()) {
      add(new SearchTerm(field, found, open), without);
    } else if (field != null || without) {
      throw new SearchTextException(
          "there is no word behind "
              + text.substring(begin, begin + text.substring(begin, at).indexOf(':') + 1)
              + " at character "
              + (begin + 1));
    }
  }

  private void add(SearchTerm term, boolean without) {
    if (without && joins) {
      throw new SearchTextException("not: cannot stand behind OR; leave one of the two out");
    } else if (without) {
      none.add(term);
    } else if (joins) {
      all.getLast().add(term);
    } else {
      all.add(new ArrayList<>(List.of(term)));
    }
    joins = false;
  }

  private boolean isMore(int from) {
    return from < text.length() && !Character.isWhitespace(text.charAt(from));
  }

  /** Passes over the name of a field and its colon; null when there is none here. */
  private @Nullable SearchField field() {
    int colon = at;
    while (colon < text.length() && isOfName(text.charAt(colon))) {
      colon++;
    }
    if (colon == at || colon == text.length() || text.charAt(colon) != ':' || !isMore(colon + 1)) {
      return null;
    }
    SearchField field = SearchField.named(text.substring(at, colon));
    at = field == null ? at : colon + 1;
    return field;
  }

  private static boolean isOfName(char c) {
    return c == '_' || c == '.' || c == '-' || c < 128 && Character.isLetterOrDigit(c);
  }

  private int closing(int from) {
    int close = text.indexOf('"', from);
    if (close < 0) {
      throw new SearchTextException(
          "the quotation mark at character "
              + from
              + " is not closed; write another one behind the last word, or leave it out");
    }
    return close;
  }

  /** True when a star stands directly behind the last word. */
  private static boolean isOpen(String piece) {
    if (!piece.endsWith("*")) {
      return false;
    }
    Words words = new Words().of(piece);
    int end = -1;
    while (words.next()) {
      end = words.end();
    }
    return end == piece.length() - 1;
  }

  private List<String> counted(List<String> found) {
    words += found.size();
    if (words > SearchQuery.MOST_WORDS) {
      throw new SearchTextException(
          "a search has at most "
              + SearchQuery.MOST_WORDS
              + " words: take those that tell the most");
    }
    return found;
  }
}
