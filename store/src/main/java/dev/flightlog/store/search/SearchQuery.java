package dev.flightlog.store.search;

import java.util.List;

/**
 * What is looked for, understood: the event has one of each of {@code all}, and none of {@code
 * none}.
 *
 * @param text as it was written
 * @param all terms, at least one, each with its alternatives
 * @param none terms that must not be there
 */
public record SearchQuery(String text, List<List<SearchTerm>> all, List<SearchTerm> none) {
  /** Characters of the longest text. */
  public static final int LONGEST = 10_000;

  /** The most words of a text. */
  public static final int MOST_WORDS = 500;

  public SearchQuery {
    all = all.stream().map(List::copyOf).toList();
    none = List.copyOf(none);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("a search has a term");
    }
  }

  /**
   * Understands the text of a search.
   *
   * <pre>
   * permission denied        both words, anywhere in the event
   * "permission denied"      the words one behind the other; so are file_not_read and src/Foo.java
   * perm*                    words that begin so
   * tool:Bash  file:src/Foo  in this field; details.KEY: for any detail
   * timeout OR refused       one of them
   * not:git  not:tool:Read   without it
   * </pre>
   *
   * Whatever else stands there is between words.
   *
   * @throws SearchTextException with what to write instead
   */
  public static SearchQuery parse(String text) {
    return new SearchParser(text).parse();
  }

  /** A search for these words one behind the other, whatever signs stand among them. */
  public static SearchQuery phrase(String text) {
    return new SearchParser(text).phrase();
  }
}
