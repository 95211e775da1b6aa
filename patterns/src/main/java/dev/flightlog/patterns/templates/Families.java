package dev.flightlog.patterns.templates;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds places where a word is a value: of patterns that are equal but for one place, or two, the
 * words found there are values or wording. That is judged by their number, their form, and by how
 * much wording is left.
 */
final class Families {
  /** So many values are no wording, where at least three words stay. */
  static final int MANY = 5;

  /** The same where one or two words stay, or where two places vary. */
  private static final int VERY_MANY = 10;

  /** The same between quotes, or when all are values elsewhere. */
  private static final int FEW = 3;

  private final Lexicon lexicon;

  /** Words that were values of a family with many. */
  private final Set<Integer> known = new HashSet<>();

  Families(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /** Makes slots of places that hold values; returns fewer patterns, or the same list. */
  List<SignatureGroup> joined(List<SignatureGroup> patterns) {
    List<SignatureGroup> out = accepted(patterns, Family.singles(patterns, lexicon));
    if (out.size() == patterns.size()) {
      out = fitted(patterns);
    }
    return out.size() < patterns.size()
        ? out
        : accepted(patterns, Family.pairs(patterns, lexicon, VERY_MANY));
  }

  /** Joins what fits a pattern that has slots and wording enough. */
  private List<SignatureGroup> fitted(List<SignatureGroup> patterns) {
    SlotIndex index = new SlotIndex(lexicon);
    for (SignatureGroup pattern : patterns) {
      if (words(pattern.tokens()) > 2) {
        index.add(pattern);
      }
    }
    Map<SignatureGroup, SignatureGroup> joined = new HashMap<>();
    for (SignatureGroup pattern : patterns) {
      SignatureGroup general = index.fitting(pattern);
      if (general != null) {
        joined.put(pattern, general);
      }
    }
    return joined.isEmpty() ? patterns : SignatureGroup.unified(patterns, joined);
  }

  private List<SignatureGroup> accepted(
      List<SignatureGroup> patterns, Collection<Family> families) {
    Map<Integer, List<Family>> byWordBefore = byWordBefore(families);
    List<Family> good = new ArrayList<>();
    for (Family family : families) {
      if (holdsValues(family) || isSeenElsewhere(family, byWordBefore)) {
        good.add(family);
      }
    }
    if (good.isEmpty()) {
      return patterns;
    }
    good.sort((a, b) -> b.patterns().size() - a.patterns().size());
    for (Family family : good) {
      Set<Integer> values = family.values(family.place());
      if (family.places().length == 1 && values.size() >= MANY) {
        known.addAll(values);
      }
    }
    known.remove(Lexicon.SLOT);
    Map<SignatureGroup, SignatureGroup> joined = new HashMap<>();
    for (Family family : good) {
      if (family.patterns().stream().noneMatch(joined::containsKey)) {
        int[] tokens = family.tokens().clone();
        for (int place : family.places()) {
          tokens[place] = Lexicon.SLOT;
        }
        SignatureGroup pattern = new SignatureGroup(tokens);
        for (SignatureGroup each : family.patterns()) {
          joined.put(each, pattern);
        }
      }
    }
    return SignatureGroup.unified(patterns, joined);
  }

  private boolean holdsValues(Family family) {
    int words = words(family);
    if (words == 0) {
      return false;
    }
    Set<Integer> values = family.values(family.place());
    if (family.places().length > 1) {
      return words > 2 && (isRepeated(family) || isMadeOfPairs(family, values));
    }
    if ((words > 2 && values.contains(Lexicon.SLOT)) || (words > 1 && allNames(values))) {
      return true;
    }
    if (words > 1 && (isQuoted(family) || known.containsAll(values))) {
      return values.size() >= FEW;
    }
    boolean isValue = words > 2 || follows(family, "=");
    return values.size() >= (isValue ? MANY : VERY_MANY);
  }

  private static boolean isMadeOfPairs(Family family, Set<Integer> values) {
    return family.patterns().size() >= VERY_MANY
        && values.size() >= MANY
        && family.values(family.places()[0]).size() >= MANY;
  }

  /** The same numbered name at all places of each pattern: nobody words a message so. */
  private boolean isRepeated(Family family) {
    for (SignatureGroup pattern : family.patterns()) {
      int name = pattern.tokens()[family.place()];
      for (int place : family.places()) {
        if (pattern.tokens()[place] != name || !lexicon.is(name, Lexicon.NUMBERED)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Words that stay when the places become slots. */
  private int words(Family family) {
    int words = words(family.tokens());
    for (int place : family.places()) {
      words -= lexicon.is(family.tokens()[place], Lexicon.WORD) ? 1 : 0;
    }
    return words;
  }

  private int words(int[] tokens) {
    int words = 0;
    for (int token : tokens) {
      words += lexicon.is(token, Lexicon.WORD) ? 1 : 0;
    }
    return words;
  }

  private boolean allNames(Set<Integer> values) {
    for (int value : values) {
      if (!lexicon.is(value, Lexicon.NAME)) {
        return false;
      }
    }
    return true;
  }

  private boolean follows(Family family, String mark) {
    return family.place() > 0 && lexicon.text(family.tokens()[family.place() - 1]).equals(mark);
  }

  private boolean isQuoted(Family family) {
    int[] tokens = family.tokens();
    int place = family.place();
    return place > 0
        && place + 1 < tokens.length
        && tokens[place - 1] == tokens[place + 1]
        && "\"'`".contains(lexicon.text(tokens[place - 1]));
  }

  private Map<Integer, List<Family>> byWordBefore(Collection<Family> families) {
    Map<Integer, List<Family>> out = new HashMap<>();
    for (Family family : families) {
      boolean counts = family.patterns().size() > 2 && family.places().length == 1;
      if (counts && family.place() > 0) {
        int before = family.tokens()[family.place() - 1];
        if (lexicon.is(before, Lexicon.WORD) && words(family) > 2) {
          out.computeIfAbsent(before, each -> new ArrayList<>()).add(family);
        }
      }
    }
    return out;
  }

  /** Three values that stand behind the same word in another family, too: names of something. */
  private static boolean isSeenElsewhere(Family family, Map<Integer, List<Family>> byWordBefore) {
    if (family.patterns().size() < 3 || family.places().length > 1 || family.place() == 0) {
      return false;
    }
    List<Family> others = byWordBefore.getOrDefault(family.tokens()[family.place() - 1], List.of());
    if (!others.contains(family)) {
      return false;
    }
    Set<Integer> values = family.values(family.place());
    for (Family other : others) {
      if (other != family) {
        Set<Integer> shared = other.values(other.place());
        shared.retainAll(values);
        if (shared.size() > 2) {
          return true;
        }
      }
    }
    return false;
  }
}
