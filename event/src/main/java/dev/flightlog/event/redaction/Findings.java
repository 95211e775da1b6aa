package dev.flightlog.event.redaction;

import java.util.Arrays;

/**
 * The spans found in one text, in order and without overlap. Overlapping spans become one, named by
 * the more certain of the two: a token format beats an assignment.
 */
final class Findings {
  private int[] starts = new int[8];
  private int[] ends = new int[8];
  private String[] kinds = new String[8];
  private boolean[] certain = new boolean[8];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  int start(int index) {
    return starts[index];
  }

  int end(int index) {
    return ends[index];
  }

  String kind(int index) {
    return kinds[index];
  }

  /** Whether the position lies in a span of a known format, so that it needs no other look. */
  boolean settles(int position) {
    for (int i = size - 1; i >= 0 && ends[i] > position; i--) {
      if (certain[i] && starts[i] <= position) {
        return true;
      }
    }
    return false;
  }

  /** The end of the last span that begins before a position, whatever found it. */
  int coveredBefore(int position) {
    int i = size - 1;
    while (i >= 0 && starts[i] >= position) {
      i--;
    }
    return i >= 0 ? ends[i] : 0;
  }

  void add(int start, int end, String kind, boolean sure) {
    int after = size;
    while (after > 0 && starts[after - 1] >= end) {
      after--;
    }
    int from = start;
    int to = end;
    String name = kind;
    boolean known = sure;
    int first = after;
    while (first > 0 && ends[first - 1] > from) {
      first--;
      if (certain[first] || !known) {
        name = kinds[first];
        known = certain[first];
      }
      from = Math.min(from, starts[first]);
      to = Math.max(to, ends[first]);
    }
    if (first == after) {
      insert(first, from, to, name, known);
      return;
    }
    remove(first + 1, after);
    set(first, from, to, name, known);
  }

  private void remove(int first, int after) {
    System.arraycopy(starts, after, starts, first, size - after);
    System.arraycopy(ends, after, ends, first, size - after);
    System.arraycopy(kinds, after, kinds, first, size - after);
    System.arraycopy(certain, after, certain, first, size - after);
    size -= after - first;
  }

  private void insert(int at, int start, int end, String kind, boolean sure) {
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      kinds = Arrays.copyOf(kinds, size * 2);
      certain = Arrays.copyOf(certain, size * 2);
    }
    System.arraycopy(starts, at, starts, at + 1, size - at);
    System.arraycopy(ends, at, ends, at + 1, size - at);
    System.arraycopy(kinds, at, kinds, at + 1, size - at);
    System.arraycopy(certain, at, certain, at + 1, size - at);
    size++;
    set(at, start, end, kind, sure);
  }

  private void set(int at, int start, int end, String kind, boolean sure) {
    starts[at] = start;
    ends[at] = end;
    kinds[at] = kind;
    certain[at] = sure;
  }
}
