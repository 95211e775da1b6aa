package dev.flightlog.analysis.templates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A set of signatures with one loose form so far: its tokens, of which some have become slots.
 *
 * @param members places in the list of signatures that are clustered
 */
record Pattern(int[] tokens, List<Integer> members) {
  private static final long BASE = 0x9E3779B97F4A7C15L;

  Pattern(int[] tokens) {
    this(tokens, new ArrayList<>());
  }

  /** A number for these tokens; different ones have different numbers, but for chance. */
  static long hash(int[] tokens) {
    long hash = tokens.length;
    for (int token : tokens) {
      hash = step(hash, token);
    }
    return hash;
  }

  static long step(long hash, int token) {
    long mixed = (hash ^ (token + 1)) * BASE;
    return mixed ^ (mixed >>> 29);
  }

  /** Words that stay when these places become slots; {@code other} may equal {@code place}. */
  int words(Lexicon lexicon, int place, int other) {
    int words = 0;
    for (int i = 0; i < tokens.length; i++) {
      words += i != place && i != other && lexicon.is(tokens[i], Lexicon.WORD) ? 1 : 0;
    }
    return words;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Pattern that && Arrays.equals(tokens, that.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }
}
