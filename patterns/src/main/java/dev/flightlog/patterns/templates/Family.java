package dev.flightlog.patterns.templates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Patterns that are equal but for some places; the last place is the one that stands for all.
 *
 * @param places in order; several when two places vary, or when one word is repeated
 */
record Family(int[] places, List<SignatureGroup> patterns) {
  /** Patterns with more tokens than this are not searched for pairs of places. */
  private static final int PAIRED = 24;

  int place() {
    return places[places.length - 1];
  }

  int[] tokens() {
    return patterns.getFirst().tokens();
  }

  Set<Integer> values(int place) {
    Set<Integer> values = new HashSet<>();
    for (SignatureGroup pattern : patterns) {
      values.add(pattern.tokens()[place]);
    }
    return values;
  }

  /** All families of at least two patterns that differ at one place, or in one repeated word. */
  static Collection<Family> singles(List<SignatureGroup> patterns, Lexicon lexicon) {
    Search search = new Search(2, patterns.size());
    for (search.collects = false; search.goesOn(); search.next()) {
      for (SignatureGroup pattern : patterns) {
        int[] tokens = pattern.tokens();
        for (int i = 0; i < tokens.length; i++) {
          if (!lexicon.is(tokens[i], Lexicon.MARK)) {
            search.add(pattern, i);
            if (lexicon.is(tokens[i], Lexicon.NUMBERED)) {
              repeated(search, pattern, i);
            }
          }
        }
      }
    }
    return search.families.values();
  }

  private static void repeated(Search search, SignatureGroup pattern, int first) {
    int[] tokens = pattern.tokens();
    int[] places = new int[tokens.length];
    int count = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] == tokens[first]) {
        places[count++] = i;
      }
    }
    if (count > 1 && places[0] == first) {
      search.add(pattern, Arrays.copyOf(places, count));
    }
  }

  /** All families of at least so many patterns that differ at two words. */
  static Collection<Family> pairs(List<SignatureGroup> patterns, Lexicon lexicon, int least) {
    Map<Long, List<SignatureGroup>> byShape = new LinkedHashMap<>();
    for (SignatureGroup pattern : patterns) {
      if (pattern.tokens().length <= PAIRED) {
        byShape.computeIfAbsent(shape(pattern, lexicon), each -> new ArrayList<>()).add(pattern);
      }
    }
    List<Family> found = new ArrayList<>();
    for (List<SignatureGroup> alike : byShape.values()) {
      if (alike.size() >= least) {
        found.addAll(pairsOfOneShape(alike, lexicon, least));
      }
    }
    return found;
  }

  /** What is left when words are taken out. */
  private static long shape(SignatureGroup pattern, Lexicon lexicon) {
    long shape = 1;
    for (int token : pattern.tokens()) {
      shape = SignatureGroup.step(shape, lexicon.is(token, Lexicon.WORD) ? -1 : token);
    }
    return shape;
  }

  private static Collection<Family> pairsOfOneShape(
      List<SignatureGroup> patterns, Lexicon lexicon, int least) {
    Search search = new Search(least, patterns.size());
    for (search.collects = false; search.goesOn(); search.next()) {
      for (SignatureGroup pattern : patterns) {
        int[] tokens = pattern.tokens();
        for (int i = 0; i < tokens.length; i++) {
          for (int k = i + 1; k < tokens.length && lexicon.is(tokens[i], Lexicon.WORD); k++) {
            if (lexicon.is(tokens[k], Lexicon.WORD)) {
              search.add(pattern, i, k);
            }
          }
        }
      }
    }
    return search.families.values();
  }

  /** Runs twice over the same patterns: counts keys, then collects those with enough patterns. */
  private static final class Search {
    private final KeyCounts counts;
    private final Map<Long, Family> families = new LinkedHashMap<>();
    private final int least;
    private int runs;
    private boolean collects;

    Search(int least, int patterns) {
      this.least = least;
      this.counts = new KeyCounts(16 * patterns);
    }

    boolean goesOn() {
      return runs < 2;
    }

    void next() {
      runs++;
      collects = true;
    }

    void add(SignatureGroup pattern, int... places) {
      long key = pattern.key(places);
      if (!collects) {
        counts.add(key);
      } else if (counts.count(key) >= least) {
        Family family = families.get(key);
        if (family == null) {
          family = new Family(places, new ArrayList<>(2));
          families.put(key, family);
        }
        family.patterns.add(pattern);
      }
    }
  }
}
