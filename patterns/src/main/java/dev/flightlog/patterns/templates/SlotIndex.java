package dev.flightlog.patterns.templates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the pattern that tokens fit: at each place the token is equal, or the pattern has a slot.
 */
final class SlotIndex {
  private final Lexicon lexicon;

  /** Which places are slots in the patterns of a length. */
  private final Map<Integer, List<int[]>> slotsByLength = new HashMap<>();

  /** Patterns by their slots and all other tokens. */
  private final Map<Long, SignatureGroup> byRest = new HashMap<>();

  SlotIndex(Lexicon lexicon) {
    this.lexicon = lexicon;
  }

  void add(SignatureGroup pattern) {
    int[] tokens = pattern.tokens();
    int[] slots = new int[tokens.length];
    int count = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] == Lexicon.SLOT) {
        slots[count++] = i;
      }
    }
    slots = Arrays.copyOf(slots, count);
    byRest.putIfAbsent(pattern.key(slots), pattern);
    List<int[]> known = slotsByLength.computeIfAbsent(tokens.length, each -> new ArrayList<>());
    for (int[] each : known) {
      if (Arrays.equals(each, slots)) {
        return;
      }
    }
    known.add(slots);
  }

  /**
   * The pattern with the fewest slots that fits, but not this one itself; null if there is none.
   */
  @Nullable SignatureGroup fitting(SignatureGroup wanted) {
    SignatureGroup best = null;
    int fewest = wanted.tokens().length;
    for (int[] slots : slotsByLength.getOrDefault(wanted.tokens().length, List.of())) {
      SignatureGroup found = slots.length < fewest ? byRest.get(wanted.key(slots)) : null;
      if (found != null && found != wanted && holdsWords(wanted.tokens(), slots)) {
        best = found;
        fewest = slots.length;
      }
    }
    return best;
  }

  private boolean holdsWords(int[] tokens, int[] slots) {
    for (int slot : slots) {
      if (tokens[slot] != Lexicon.SLOT && lexicon.is(tokens[slot], Lexicon.MARK)) {
        return false;
      }
    }
    return true;
  }
}
