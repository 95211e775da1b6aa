package dev.flightlog.wording.tokens;

import java.util.Arrays;

/**
 * Byte pair encoding of one piece of a text.
 *
 * <p>A piece starts as single bytes. Of all neighbours that together are in the vocabulary the two
 * with the lowest rank are joined, the leftmost first, until no two can be. The candidates wait in
 * a heap ordered by rank, then place. A join makes older candidates wrong; they stay in the heap
 * and are known, when they come up, by the rank that no longer holds. So a piece of {@code n} bytes
 * costs {@code n log n}, whatever it repeats.
 *
 * <p>For one thread; its arrays serve all pieces of a text.
 */
final class PairMerge {
  private final Vocabulary vocabulary;
  private final byte[] text;

  private int from;
  private int length;

  /** By place of a part in the piece: the place of the part behind it, or the piece's length. */
  private int[] next = new int[0];

  /** By place of a part: the place of the part before it. */
  private int[] previous = next;

  /** By place of a part: the rank of what it makes with the part behind it, or NONE. */
  private int[] joined = next;

  /** Rank in the upper half, place in the lower. */
  private long[] heap = new long[64];

  private int waiting;

  PairMerge(Vocabulary vocabulary, byte[] text) {
    this.vocabulary = vocabulary;
    this.text = text;
  }

  /** The number of tokens from {@code from} up to {@code to}. */
  int count(int from, int to) {
    start(from, to);
    int tokens = length;
    while (waiting > 0) {
      long least = poll();
      int left = (int) least;
      if (joined[left] == (int) (least >>> 32)) {
        int right = next[left];
        int after = next[right];
        joined[right] = Vocabulary.NONE;
        next[left] = after;
        if (after < length) {
          previous[after] = left;
        }
        consider(left);
        if (left > 0) {
          consider(previous[left]);
        }
        tokens--;
      }
    }
    return tokens;
  }

  private void start(int from, int to) {
    this.from = from;
    length = to - from;
    if (next.length < length) {
      int room = Math.max(length, 64);
      next = new int[room];
      previous = new int[room];
      joined = new int[room];
    }
    for (int i = 0; i < length; i++) {
      next[i] = i + 1;
      previous[i] = i - 1;
    }
    for (int i = 0; i < length; i++) {
      consider(i);
    }
  }

  private void consider(int left) {
    int right = next[left];
    int rank =
        right < length ? vocabulary.rank(text, from + left, from + next[right]) : Vocabulary.NONE;
    joined[left] = rank;
    if (rank != Vocabulary.NONE) {
      offer((long) rank << 32 | left);
    }
  }

  private void offer(long candidate) {
    if (waiting == heap.length) {
      heap = Arrays.copyOf(heap, waiting * 2);
    }
    int at = waiting++;
    while (at > 0) {
      int parent = (at - 1) >>> 1;
      if (heap[parent] <= candidate) {
        break;
      }
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = candidate;
  }

  private long poll() {
    long least = heap[0];
    long moved = heap[--waiting];
    int at = 0;
    for (int child = 1; child < waiting; child = 2 * at + 1) {
      if (child + 1 < waiting && heap[child + 1] < heap[child]) {
        child++;
      }
      if (moved <= heap[child]) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = moved;
    return least;
  }
}
