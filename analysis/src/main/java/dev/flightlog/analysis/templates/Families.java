package dev.flightlog.analysis.templates;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds places where a word is a value: patterns that are equal but for one place, or two, are a
 * family, and the words found at that place are its values. Whether they are values or wording is
 * judged by their number, their form, and by how much wording is left.
 */
final class Families {
  /** So many values are no wording, where at least three words stay. */
  private static final int MANY = 5;

  /** The same where one or two words stay. */
  private static final int VERY_MANY = 10;

  /** Patterns with more places than this are not searched for pairs. */
  private static final int PAIRED = 24;

  private final Lexicon lexicon;

  Families(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /** Patterns equal but for these places. */
  private record Family(int place, int other, List<Pattern> patterns) {}

  /** Makes slots of places that hold values; returns the fewer patterns, or the same list. */
  List<Pattern> joined(List<Pattern> patterns) {
    List<Pattern> out = accepted(patterns, singles(patterns));
    return out.size() < patterns.size() ? out : accepted(patterns, pairs(patterns));
  }

  private Collection<Family> singles(List<Pattern> patterns) {
    Map<Long, Family> families = new LinkedHashMap<>();
    for (Pattern pattern : patterns) {
      int[] tokens = pattern.tokens();
      for (int i = 0; i < tokens.length; i++) {
        if (!lexicon.is(tokens[i], Lexicon.MARK)) {
          add(families, pattern, i, i);
        }
      }
    }
    return families.values();
  }

  private Collection<Family> pairs(List<Pattern> patterns) {
    Map<Long, Family> families = new LinkedHashMap<>();
    for (Pattern pattern : patterns) {
      int[] tokens = pattern.tokens();
      for (int i = 0; tokens.length <= PAIRED && i < tokens.length; i++) {
        for (int k = i + 1; k < tokens.length && lexicon.is(tokens[i], Lexicon.WORD); k++) {
          if (lexicon.is(tokens[k], Lexicon.WORD)) {
            add(families, pattern, i, k);
          }
        }
      }
    }
    return families.values();
  }

  private static void add(Map<Long, Family> families, Pattern pattern, int place, int other) {
    int[] tokens = pattern.tokens();
    long hash = ((long) place << 40) + ((long) other << 20) + tokens.length;
    for (int i = 0; i < tokens.length; i++) {
      hash = i == place || i == other ? hash : Pattern.step(hash, tokens[i]);
    }
    Family family = families.get(hash);
    if (family == null) {
      family = new Family(place, other, new ArrayList<>(2));
      families.put(hash, family);
    }
    family.patterns().add(pattern);
  }

  private List<Pattern> accepted(List<Pattern> patterns, Collection<Family> families) {
    List<Family> good = new ArrayList<>();
    List<Family> several = new ArrayList<>();
    for (Family family : families) {
      if (family.patterns().size() > 1) {
        several.add(family);
      }
    }
    for (Family family : several) {
      if (holdsValues(family) || isSeenElsewhere(family, several)) {
        good.add(family);
      }
    }
    if (good.isEmpty()) {
      return patterns;
    }
    good.sort((a, b) -> b.patterns().size() - a.patterns().size());
    Map<Pattern, Pattern> joined = new HashMap<>();
    for (Family family : good) {
      if (family.patterns().stream().noneMatch(joined::containsKey)) {
        int[] tokens = family.patterns().getFirst().tokens().clone();
        tokens[family.place()] = Lexicon.SLOT;
        tokens[family.other()] = Lexicon.SLOT;
        Pattern pattern = new Pattern(tokens);
        for (Pattern each : family.patterns()) {
          joined.put(each, pattern);
        }
      }
    }
    return unified(patterns, joined);
  }

  /** Each pattern, or what it was joined to; equal ones are one. */
  static List<Pattern> unified(List<Pattern> patterns, Map<Pattern, Pattern> joined) {
    Map<Pattern, Pattern> out = new LinkedHashMap<>();
    for (Pattern pattern : patterns) {
      Pattern to = joined.getOrDefault(pattern, pattern);
      Pattern known = out.get(to);
      if (known == null) {
        known = new Pattern(to.tokens());
        out.put(known, known);
      }
      known.members().addAll(pattern.members());
    }
    return new ArrayList<>(out.values());
  }

  private boolean holdsValues(Family family) {
    Pattern first = family.patterns().getFirst();
    int words = first.words(lexicon, family.place(), family.other());
    if (words == 0) {
      return false;
    }
    if (family.place() != family.other()) {
      return words > 2
          && values(family, family.place()).size() >= MANY
          && values(family, family.other()).size() >= MANY;
    }
    Set<Integer> values = values(family, family.place());
    if (words > 1 && (values.contains(Lexicon.SLOT) || allNames(values))) {
      return true;
    }
    boolean isValue = words > 2 || follows(first.tokens(), family.place(), "=");
    return values.size() >= (isValue ? MANY : VERY_MANY);
  }

  private static Set<Integer> values(Family family, int place) {
    Set<Integer> values = new HashSet<>();
    for (Pattern pattern : family.patterns()) {
      values.add(pattern.tokens()[place]);
    }
    return values;
  }

  private boolean allNames(Set<Integer> values) {
    for (int value : values) {
      if (!lexicon.is(value, Lexicon.NAME)) {
        return false;
      }
    }
    return true;
  }

  private boolean follows(int[] tokens, int place, String mark) {
    return place > 0 && lexicon.text(tokens[place - 1]).equals(mark);
  }

  /** Three values that stand behind the same word in another family, too: names of something. */
  private boolean isSeenElsewhere(Family family, List<Family> several) {
    if (family.patterns().size() < 3 || family.place() != family.other() || family.place() == 0) {
      return false;
    }
    int before = family.patterns().getFirst().tokens()[family.place() - 1];
    if (!lexicon.is(before, Lexicon.WORD)
        || family.patterns().getFirst().words(lexicon, family.place(), family.place()) < 3) {
      return false;
    }
    Set<Integer> values = values(family, family.place());
    for (Family other : several) {
      if (other != family
          && other.patterns().size() > 2
          && other.place() > 0
          && other.patterns().getFirst().tokens()[other.place() - 1] == before) {
        Set<Integer> shared = values(other, other.place());
        shared.retainAll(values);
        if (shared.size() > 2) {
          return true;
        }
      }
    }
    return false;
  }
}
