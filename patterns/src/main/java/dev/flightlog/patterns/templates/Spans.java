package dev.flightlog.patterns.templates;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds values of several tokens: where one pattern has a slot and another, equal in front and
 * behind, has up to five tokens; and lists of {@code key=value} with the same keys.
 */
final class Spans {
  private static final int LONGEST = 5;

  /** Behind one of these stands a command: another thing than a value at the same place. */
  private static final Set<String> PROMPTS = Set.of("$", "\u276f", "\u279c");

  private static final int KEYS = 4;
  private final Lexicon lexicon;

  Spans(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  /** Joins what is equal but for a span; returns fewer patterns, or the same list. */
  List<SignatureGroup> joined(List<SignatureGroup> patterns) {
    Map<Long, SignatureGroup> slots = new HashMap<>();
    for (SignatureGroup pattern : patterns) {
      int[] tokens = pattern.tokens();
      long[] heads = heads(tokens);
      long[] tails = tails(tokens);
      for (int i = 0; i < tokens.length; i++) {
        if (tokens[i] == Lexicon.SLOT && words(tokens, i, i + 1) > 1) {
          slots.putIfAbsent(key(heads[i], tails[i + 1]), pattern);
        }
      }
    }
    Map<SignatureGroup, SignatureGroup> joined = new HashMap<>();
    for (SignatureGroup pattern : patterns) {
      SignatureGroup to = slotted(pattern, slots);
      if (to != null && !joined.containsKey(to) && !joined.containsValue(pattern)) {
        joined.put(pattern, to);
      }
    }
    if (joined.isEmpty()) {
      joined = withoutTails(patterns);
    }
    return joined.isEmpty() ? byKeys(patterns) : SignatureGroup.unified(patterns, joined);
  }

  /** What is equal but for round brackets with a slot at its end: {@code (3 retries)}. */
  private Map<SignatureGroup, SignatureGroup> withoutTails(List<SignatureGroup> patterns) {
    Map<SignatureGroup, SignatureGroup> all = new HashMap<>();
    for (SignatureGroup pattern : patterns) {
      all.put(pattern, pattern);
    }
    Map<SignatureGroup, SignatureGroup> joined = new HashMap<>();
    for (SignatureGroup pattern : patterns) {
      int[] tokens = pattern.tokens();
      int open = tailStart(tokens);
      if (open > 0 && words(tokens, open, tokens.length) > 2) {
        SignatureGroup head = all.get(new SignatureGroup(Arrays.copyOf(tokens, open)));
        if (head != null) {
          joined.put(pattern, head);
        }
      }
    }
    return joined;
  }

  private int tailStart(int[] tokens) {
    int last = tokens.length - 1;
    if (last < 3 || !lexicon.text(tokens[last]).equals(")")) {
      return -1;
    }
    boolean slot = false;
    for (int i = last - 1; i > 0; i--) {
      slot |= tokens[i] == Lexicon.SLOT || lexicon.is(tokens[i], Lexicon.NUMBERED);
      if (lexicon.text(tokens[i]).equals("(")) {
        return slot ? i : -1;
      }
    }
    return -1;
  }

  private @Nullable SignatureGroup slotted(
      SignatureGroup pattern, Map<Long, SignatureGroup> slots) {
    int[] tokens = pattern.tokens();
    long[] heads = heads(tokens);
    long[] tails = tails(tokens);
    for (int i = 0; i < tokens.length; i++) {
      for (int k = i + 2; k <= Math.min(tokens.length, i + LONGEST); k++) {
        SignatureGroup found = slots.get(key(heads[i], tails[k]));
        if (found != null && found != pattern && isValue(tokens, i, k) && isGlued(tokens, i)) {
          return found;
        }
      }
    }
    return null;
  }

  /** One word with marks behind or around it; several words are wording. */
  private boolean isGlued(int[] tokens, int from) {
    return lexicon.is(tokens[from], Lexicon.MARK) || lexicon.is(tokens[from + 1], Lexicon.MARK);
  }

  /** A value may hold anything but what ends it; a command is none. */
  private boolean isValue(int[] tokens, int from, int to) {
    if (PROMPTS.contains(lexicon.text(tokens[from]))) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (",;=".contains(lexicon.text(tokens[i]))) {
        return false;
      }
    }
    return true;
  }

  private int words(int[] tokens, int from, int to) {
    int words = 0;
    for (int i = 0; i < tokens.length; i++) {
      words += (i < from || i >= to) && lexicon.is(tokens[i], Lexicon.WORD) ? 1 : 0;
    }
    return words;
  }

  private static long key(long head, long tail) {
    return head * 31 + tail;
  }

  private static long[] heads(int[] tokens) {
    long[] heads = new long[tokens.length + 1];
    heads[0] = 1;
    for (int i = 0; i < tokens.length; i++) {
      heads[i + 1] = SignatureGroup.step(heads[i], tokens[i]);
    }
    return heads;
  }

  private static long[] tails(int[] tokens) {
    long[] tails = new long[tokens.length + 1];
    tails[tokens.length] = 2;
    for (int i = tokens.length - 1; i >= 0; i--) {
      tails[i] = SignatureGroup.step(tails[i + 1], tokens[i]);
    }
    return tails;
  }

  private List<SignatureGroup> byKeys(List<SignatureGroup> patterns) {
    Map<SignatureGroup, Set<SignatureGroup>> families = new HashMap<>();
    for (SignatureGroup pattern : patterns) {
      int[] keys = keys(pattern.tokens());
      if (keys.length > 0) {
        families.computeIfAbsent(new SignatureGroup(keys), each -> new HashSet<>()).add(pattern);
      }
    }
    Map<SignatureGroup, SignatureGroup> joined = new HashMap<>();
    families.forEach((keys, family) -> {
      if (family.size() >= Families.MANY) {
        family.forEach(each -> joined.put(each, keys));
      }
    });
    return joined.isEmpty() ? patterns : SignatureGroup.unified(patterns, joined);
  }

  /** The tokens with a slot for each value behind an equals sign; nothing if there are few. */
  private int[] keys(int[] tokens) {
    int[] out = new int[2 * tokens.length];
    int n = 0;
    int keys = 0;
    for (int i = 0; i < tokens.length; i++) {
      out[n++] = tokens[i];
      if (lexicon.text(tokens[i]).equals("=")) {
        keys++;
        i = valueEnd(tokens, i + 1) - 1;
        out[n++] = Lexicon.SLOT;
      }
    }
    return Arrays.copyOf(out, keys >= KEYS ? n : 0);
  }

  private int valueEnd(int[] tokens, int from) {
    for (int i = from; i < tokens.length; i++) {
      boolean key = i + 1 < tokens.length && lexicon.text(tokens[i + 1]).equals("=");
      if (key || ",;".contains(lexicon.text(tokens[i]))) {
        return i;
      }
    }
    return tokens.length;
  }
}
