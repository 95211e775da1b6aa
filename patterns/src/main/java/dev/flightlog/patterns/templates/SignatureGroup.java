package dev.flightlog.patterns.templates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of signatures with one loose form so far: its tokens, of which some have become slots.
 * Equal to any with the same tokens.
 */
final class SignatureGroup {
  private final int[] tokens;

  /** Of all tokens and their places. */
  private final long sum;

  /** Places in the list of signatures that are clustered. */
  private final List<Integer> members = new ArrayList<>(1);

  SignatureGroup(int[] tokens) {
    this.tokens = tokens;
    long all = 0;
    for (int i = 0; i < tokens.length; i++) {
      all += step(i, tokens[i]);
    }
    this.sum = all;
  }

  /** Not to be changed. */
  int[] tokens() {
    return tokens;
  }

  List<Integer> members() {
    return members;
  }

  /** Takes a number into a hash; good enough to take equal hashes for equal numbers. */
  static long step(long hash, int number) {
    long mixed = (hash ^ (number + 7L)) * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 29)) * 0xBF58476D1CE4E5B9L;
    return mixed ^ (mixed >>> 32);
  }

  /** The same for all patterns that are equal but for these places. */
  long key(int... places) {
    long key = tokens.length;
    long rest = sum;
    for (int place : places) {
      key = step(key, place);
      rest -= step(place, tokens[place]);
    }
    return step(key ^ rest, places.length);
  }

  /** Each pattern, or what it was joined to; equal ones become one, with the members of all. */
  static List<SignatureGroup> unified(
      List<SignatureGroup> patterns, Map<SignatureGroup, SignatureGroup> joined) {
    Map<SignatureGroup, SignatureGroup> out = new LinkedHashMap<>();
    for (SignatureGroup pattern : patterns) {
      SignatureGroup to = joined.getOrDefault(pattern, pattern);
      SignatureGroup known = out.get(to);
      if (known == null) {
        known = new SignatureGroup(to.tokens);
        out.put(known, known);
      }
      known.members.addAll(pattern.members);
    }
    return new ArrayList<>(out.values());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SignatureGroup that && Arrays.equals(tokens, that.tokens);
  }

  @Override
  public int hashCode() {
    return (int) (sum ^ (sum >>> 32));
  }
}
